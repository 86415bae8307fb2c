using System.Text.RegularExpressions;
using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise;

/// <summary>
/// An SELinux policy's file_contexts(5): which label a path has. As libselinux does it: a path is first put in place of its alias
/// (.subs_dist, .subs); of the lines that match, one without wildcards wins, else the last.
/// </summary>
public sealed class FileContexts
{
    private const string None = "<<none>>";
    private readonly IReadOnlyList<(string Pattern, FileKind? Kind, string Context)> _lines;
    private readonly IReadOnlyList<(string Alias, string Real)> _aliases;

    private FileContexts(IReadOnlyList<(string, FileKind?, string)> lines, IReadOnlyList<(string, string)> aliases)
    {
        _lines = lines;
        _aliases = aliases;
    }

    /// <summary>Null when the image has no list for this policy.</summary>
    public static FileContexts? Of(ITreeView tree, string type)
    {
        var top = ImagePath.Of($"etc/selinux/{type}/contexts/files");
        string Text(string ending) => tree.Text(top.Join("file_contexts" + ending)) ?? "";
        return Text("").Length == 0 ? null : new(
            [.. new[] { "", ".homedirs", ".local" }.SelectMany(e => Lines(Text(e)))],
            [.. new[] { ".subs", ".subs_dist" }.SelectMany(e => Fields(Text(e)).Where(f => f.Length == 2).Select(f => (f[0], f[1])))]);
    }

    /// <summary>Null: the policy has none for it.</summary>
    /// <param name="path">In the image.</param>
    /// <param name="kind">Null: any.</param>
    public string? For(ImagePath path, FileKind? kind)
    {
        var name = "/" + path.Raw;
        if (_aliases.FirstOrDefault(a => name == a.Alias || name.StartsWith(a.Alias + "/", StringComparison.Ordinal)) is { Alias: not null } alias)
        {
            name = alias.Real + name[alias.Alias.Length..];
        }

        var matching = _lines.Where(l => (l.Kind is null || kind is null || l.Kind == kind) && Matches(l.Pattern, name)).ToList();
        var best = matching.LastOrDefault(l => !HasWildcard(l.Pattern)) is { Context: not null } plain ? plain : matching.LastOrDefault();
        return best.Context is null or None ? null : best.Context;
    }

    private static IEnumerable<(string, FileKind?, string)> Lines(string text) =>
        Fields(text).Where(f => f.Length is 2 or 3).Select(f => (f[0], f.Length == 3 ? Kind(f[1]) : null, f[^1]));

    private static IEnumerable<string[]> Fields(string text) =>
        text.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length > 0);

    private static FileKind? Kind(string flag) => flag switch
    {
        "--" => FileKind.Regular,
        "-d" => FileKind.Directory,
        "-l" => FileKind.Symlink,
        "-p" => FileKind.Fifo,
        "-s" => FileKind.Socket,
        "-b" => FileKind.BlockDevice,
        "-c" => FileKind.CharacterDevice,
        _ => null,
    };

    private static bool HasWildcard(string pattern) => pattern.Replace("\\.", ".").IndexOfAny(['^', '$', '?', '+', '*', '|', '[', '(', '{', '\\']) >= 0;

    /// <summary>Without backtracking: the list comes with the image, and none of its patterns may hold us up.</summary>
    private static bool Matches(string pattern, string name)
    {
        // Thousands of lines: most are told apart by the letters before their first special sign.
        var stem = pattern.IndexOfAny(['^', '$', '?', '+', '*', '|', '[', '(', '{', '\\', '.']);
        var sure = stem < 0 ? pattern : pattern[stem] is '?' or '*' or '{' ? pattern[..Math.Max(0, stem - 1)] : pattern[stem] == '|' ? "" : pattern[..stem];
        if (!name.StartsWith(sure, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            return Regex.IsMatch(name, $@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false; // a pattern of another regular language: that line counts for nothing
        }
    }
}
