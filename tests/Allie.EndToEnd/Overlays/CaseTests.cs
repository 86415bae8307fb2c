using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Overlays;

/// <summary>Every directory of cases/: an image, layers, commands of the published binary, and what must come of them. case.sh plays one by hand.</summary>
public class CaseTests
{
    private const int LastEdgeCase = 44;

    private static readonly string Home = Path.Combine(Binary.Repository, "tests/Allie.EndToEnd/Overlays");

    public static TheoryData<string> Names => [.. Directory.GetDirectories(Path.Combine(Home, "cases")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_published_binary_does_what_the_case_says(string name)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: owners, devices, mounts");
        var directory = Path.Combine(Home, "cases", name);

        var (code, output, errors) = Binary.Run("bash", [Path.Combine(Home, "case.sh"), directory]);

        Assert.True(code == 0, $"{File.ReadAllText(Path.Combine(directory, "README"))}{output}{errors}");
    }

    [Fact]
    public void The_scripts_of_the_cases_pass_shellcheck()
    {
        string[] scripts = [.. Directory.GetFiles(Home, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is "run" || f.EndsWith(".sh", StringComparison.Ordinal))];

        Assert.True(scripts.Length > 200, $"only {scripts.Length} scripts found");
        var (code, output, errors) = Binary.Run("shellcheck", scripts);
        Assert.True(code == 0, output + errors);
    }

    [Fact]
    public void Every_edge_case_has_its_directory_or_is_named_with_where_it_is_tested()
    {
        var elsewhere = File.ReadAllLines(Path.Combine(Home, "ELSEWHERE")).Select(l => l.Split(' ')[0]);
        var known = Names.Select(row => row.Data[..2]).Concat(elsewhere).ToHashSet();

        Assert.Equal([], Enumerable.Range(1, LastEdgeCase).Select(n => n.ToString("00")).Where(n => !known.Contains(n)));
    }
}
