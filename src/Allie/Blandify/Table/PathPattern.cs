using Allie.Errors;
using Allie.Files;

namespace Allie.Blandify.Table;

/// <summary>
/// Paths of a tree by pattern: * and ? within one name (names with a leading dot too), [a-z] one of these, {a,b} either, ** any number of
/// directories. What a wildcard matches is never followed when it is a symlink; a directory written out may be one (var/run).
/// </summary>
public sealed class PathPattern
{
    private readonly IReadOnlyList<string[]> _forms;

    private PathPattern(string text, IReadOnlyList<string[]> forms) => (Text, _forms) = (text, forms);

    public string Text { get; }

    /// <param name="text">From the image's root; a leading slash is allowed.</param>
    /// <exception cref="UserError">It climbs, or its first name is a wildcard: that would be the whole image.</exception>
    public static PathPattern Parse(string text)
    {
        var forms = Either(RawName.FromText(text)).Select(f => ImagePath.FromRaw(f).Components.ToArray()).ToList();
        if (forms.Any(f => f.Length == 0 || IsWild(f[0])))
        {
            throw UserError.Refused($"cannot use pattern '{text}': it takes in the whole image", "begin with a directory: etc/..., var/...");
        }

        return new(text, forms);
    }

    /// <summary>What is there, each path once for each way it matches.</summary>
    public IEnumerable<(ImagePath Path, FileKind Kind)> Match(ITreeView tree) => _forms.SelectMany(f => Walk(tree, ImagePath.Root, f));

    private static IEnumerable<(ImagePath Path, FileKind Kind)> Walk(ITreeView tree, ImagePath directory, ReadOnlyMemory<string> rest)
    {
        while (!rest.IsEmpty && !IsWild(rest.Span[0]))
        {
            directory = directory.Join(rest.Span[0]);
            rest = rest[1..];
        }

        if (rest.IsEmpty)
        {
            return tree.Find(directory) is { } facts ? [(directory, facts.Kind)] : [];
        }

        var (name, below) = (rest.Span[0], rest[1..]);
        if (name != "**")
        {
            var found = tree.Entries(directory).Where(e => IsMatch(e.Name, name));
            return below.IsEmpty
                ? found.Select(e => (directory.Join(e.Name), e.Kind))
                : found.Where(e => e.Kind == FileKind.Directory).SelectMany(e => Walk(tree, directory.Join(e.Name), below));
        }

        return Walk(tree, directory, below)
            .Concat(tree.Entries(directory).Where(e => e.Kind == FileKind.Directory).SelectMany(e => Walk(tree, directory.Join(e.Name), rest)));
    }

    private static bool IsWild(string name) => name.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>One name against one pattern; by bytes.</summary>
    internal static bool IsMatch(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        while (pattern.Length > 0)
        {
            if (pattern[0] == '*')
            {
                pattern = pattern[1..];
                for (var from = 0; from <= name.Length; from++)
                {
                    if (IsMatch(name[from..], pattern))
                    {
                        return true;
                    }
                }

                return false;
            }

            if (name.Length == 0 || !One(name[0], pattern, out var used))
            {
                return false;
            }

            name = name[1..];
            pattern = pattern[used..];
        }

        return name.Length == 0;
    }

    private static bool One(char c, ReadOnlySpan<char> pattern, out int used)
    {
        used = 1;
        var close = pattern[0] == '[' ? pattern.IndexOf(']') : -1;
        if (close < 2)
        {
            return pattern[0] == '?' || pattern[0] == c;
        }

        used = close + 1;
        for (var i = 1; i < close; i++)
        {
            var isRange = i + 2 < close && pattern[i + 1] == '-';
            if (c >= pattern[i] && c <= pattern[isRange ? i + 2 : i])
            {
                return true;
            }

            i += isRange ? 2 : 0;
        }

        return false;
    }

    private static IEnumerable<string> Either(string text)
    {
        var open = text.IndexOf('{');
        var close = open < 0 ? -1 : Closing(text, open);
        return close < 0
            ? [text]
            : Choices(text[(open + 1)..close]).SelectMany(choice => Either(text[..open] + choice + text[(close + 1)..]));
    }

    private static int Closing(string text, int open)
    {
        for (var (i, depth) = (open, 0); i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static IEnumerable<string> Choices(string inner)
    {
        for (var (i, depth, start) = (0, 0, 0); i <= inner.Length; i++)
        {
            depth += i == inner.Length ? 0 : inner[i] == '{' ? 1 : inner[i] == '}' ? -1 : 0;
            if (i == inner.Length || (inner[i] == ',' && depth == 0))
            {
                yield return inner[start..i];
                start = i + 1;
            }
        }
    }
}
