using Allie.Blandify.Rules.Initramfs;
using Allie.Config;
using Allie.Errors;
using Allie.Files;

namespace Allie.Blandify.Leaks;

/// <summary>
/// The leaks of one image that its administrator knows of and wants: paths as reports print them; a directory stands for all below it. A small TOML
/// file beside the server's settings, so that it outlives work trees and generations and can be edited by hand.
/// </summary>
public sealed record AcceptList(IReadOnlyList<string> Paths)
{
    public static readonly AcceptList None = new([]);

    /// <exception cref="UserError">Exit 2: not TOML, or a key that is none.</exception>
    public static AcceptList Parse(string text, string file)
    {
        var values = TomlValues.Parse(text, file);
        var list = new AcceptList([.. values.Texts("accept", []).Select(Written)]);
        values.RefuseUnknown();
        return list;
    }

    public bool Has(ImagePath path)
    {
        var shown = path.ToString();
        return Paths.Any(p => shown == p || p == "/" || shown.StartsWith(p + "/", StringComparison.Ordinal));
    }

    public AcceptList With(IEnumerable<string> paths) => new([.. Paths.Concat(paths.Select(Written)).Distinct().Order(StringComparer.Ordinal)]);

    /// <summary>With each initramfs that is made anew on every PC: a choice too, and it goes with the image.</summary>
    /// <param name="mark">The text of the image's mark; null when it has none.</param>
    public AcceptList WithRebuilt(string? mark) => With(InitramfsMark.Parse(mark).Select(p => p.Raw));

    public string Format(string image) =>
        $"""
        # What of the captured machine may stay in image {image}; `allie image blandify {image}` names what is left.
        accept = [
        {string.Join("\n", Paths.Select(p => $"  \"{p.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\","))}
        ]

        """;

    /// <summary>With the slash of a report before it, without one behind it.</summary>
    private static string Written(string path) =>
        path.Length == 0 || path.Any(char.IsControl)
            ? throw UserError.Refused($"cannot accept '{RawName.Display(RawName.FromText(path))}': it is no path of a report", "name it as allie image blandify prints it")
            : "/" + path.Trim('/');
}
