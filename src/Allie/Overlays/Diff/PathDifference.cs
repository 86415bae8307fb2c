using Allie.Files;
using Allie.Overlays.Layers;

namespace Allie.Overlays.Diff;

/// <summary>What the next apply would do to one path.</summary>
/// <param name="Path">In the image.</param>
/// <param name="Status">Two letters, <see cref="StatusLetters"/>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Layer">The layer that decides; null when none has the path any more.</param>
/// <param name="Before">What is there; null is nothing.</param>
/// <param name="After">What will be there; null is nothing.</param>
/// <param name="SameContent">Only metadata differs.</param>
public sealed record PathDifference(ImagePath Path, string Status, string Reason, string? Layer, Side? Before, Side? After, bool SameContent)
{
    /// <summary>Mode, owner, kind and attributes that differ: "mode 644 -> 600".</summary>
    public IReadOnlyList<string> Metadata()
    {
        if (Before is null || After is null)
        {
            return [];
        }

        var lines = new List<string>();
        void Add(string what, string before, string after)
        {
            if (before != after)
            {
                lines.Add($"{what} {before} -> {after}");
            }
        }

        Add("kind", Before.Kind, After.Kind);
        if (Before.LinkTo is null && After.LinkTo is null)
        {
            Add("mode", Octal(Before.Metadata), Octal(After.Metadata)); // a link's own mode means nothing
        }

        Add("owner", $"{Before.Metadata.Uid}:{Before.Metadata.Gid}", $"{After.Metadata.Uid}:{After.Metadata.Gid}");
        foreach (var name in Before.Metadata.Xattrs.Keys.Union(After.Metadata.Xattrs.Keys).Order(StringComparer.Ordinal))
        {
            Add(RawName.Display(name), Value(Before.Metadata, name), Value(After.Metadata, name));
        }

        return lines;
    }

    /// <summary>The difference as patch(1) reads it; link targets as git shows them, as a text of one line.</summary>
    public IReadOnlyList<string> Patch()
    {
        if (SameContent || Before is { Facts.IsDirectory: true } || After is { Facts.IsDirectory: true })
        {
            return [];
        }

        var (before, after) = (Text(Before), Text(After));
        var (left, right) = (Before is null ? "/dev/null" : "a/" + RawName.Display(Path.Raw), After is null ? "/dev/null" : "b/" + RawName.Display(Path.Raw));
        return before is null || after is null
            ? [$"Binary files {left} and {right} differ"]
            : UnifiedDiff.Between(before, after) is { Count: > 0 } hunks ? ["--- " + left, "+++ " + right, .. hunks] : [];
    }

    private static string? Text(Side? side) => side is null ? "" : side.LinkTo ?? side.Text;

    private static string Octal(FileMetadata metadata) => Convert.ToString(metadata.Permissions, 8);

    private static string Value(FileMetadata metadata, string name) =>
        metadata.Xattrs.TryGetValue(name, out var value) ? "0x" + Convert.ToHexStringLower(value) : "none";
}
