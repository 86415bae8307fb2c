using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Fleet;

/// <summary>Each file of cases/ is one: a script with a real sshd or rsyncd, in namespaces of its own (server.sh has the words).</summary>
public class FleetTests
{
    private static readonly string Here = Path.Combine(Binary.Repository, "tests/Allie.EndToEnd/Fleet");

    public static TheoryData<string> Cases => [.. Directory.EnumerateFiles(Path.Combine(Here, "cases"), "*.sh").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_the_case_says_holds(string name)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: namespaces, sshd and chroot of rsyncd");

        var (exitCode, output, errors) = Binary.Run("unshare",
            ["-m", "-n", "-p", "--fork", "--kill-child=KILL", "--mount-proc", "--propagation", "private", "bash", "-c", ". \"$1\"; . \"$2\"", "bash", Path.Combine(Here, "server.sh"), Path.Combine(Here, "cases", name + ".sh")]);

        Assert.True(exitCode == 0, $"exit {exitCode}\n{output}\n{errors}");
    }
}
