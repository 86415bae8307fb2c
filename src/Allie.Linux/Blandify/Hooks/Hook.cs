using Allie.Errors;

namespace Allie.Linux.Blandify.Hooks;

/// <summary>A program of the server that looks at a tree after all rules: an executable file in blandify.d, of any name but *.toml.</summary>
/// <param name="File">Its path on the server.</param>
public sealed record Hook(string File)
{
    public string Name => Path.GetFileName(File);

    /// <param name="directory">blandify.d; may be absent.</param>
    /// <returns>In the order of their names.</returns>
    /// <exception cref="UserError">Exit 2: others than root may write to one, and it would run as root.</exception>
    public static IReadOnlyList<Hook> In(string directory)
    {
        const UnixFileMode Run = UnixFileMode.UserExecute, Foreign = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (!Directory.Exists(directory))
        {
            return [];
        }

        var found = Directory.GetFiles(directory).Where(f => !f.EndsWith(".toml", StringComparison.Ordinal) && !f.EndsWith('~') && Path.GetFileName(f)[0] != '.')
            .Where(f => System.IO.File.GetUnixFileMode(f).HasFlag(Run)).Order(StringComparer.Ordinal).ToList();
        return found.FirstOrDefault(f => (System.IO.File.GetUnixFileMode(f) & Foreign) != 0) is { } open
            ? throw UserError.Refused($"cannot run {open}: others than its owner may write to it, and it would run as root", $"chmod go-w {open}")
            : [.. found.Select(f => new Hook(f))];
    }
}
