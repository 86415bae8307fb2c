using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.CommandLine;

public class ScriptTests
{
    [Fact]
    public void Every_shell_script_passes_shellcheck()
    {
        var listed = Binary.Run("git", ["-C", Binary.Repository, "ls-files", "-z"]).Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var scripts = listed.Select(f => Path.Combine(Binary.Repository, f)).Where(IsScript).ToArray();

        Assert.True(scripts.Length >= 8, $"only {scripts.Length} scripts found");
        var (code, output, errors) = Binary.Run("shellcheck", ["-x", .. scripts]);
        Assert.True(code == 0, output + errors);
    }

    private static bool IsScript(string path) =>
        new FileInfo(path) is { Exists: true, LinkTarget: null } && File.ReadLines(path).FirstOrDefault() is { } first && first.StartsWith("#!", StringComparison.Ordinal) && first.EndsWith("sh", StringComparison.Ordinal);
}
