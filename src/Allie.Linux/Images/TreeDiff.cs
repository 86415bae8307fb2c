using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Images.Digests;
using Allie.Linux.Native;

namespace Allie.Linux.Images;

/// <summary>Compares two trees. What they share (one inode) is not read; all else is, as equal sizes and times prove nothing.</summary>
public sealed class TreeDiff
{
    private const int Plain = Flags.ReadOnly | Flags.Directory | Flags.NoFollow;
    private const string CapabilityName = "security.capability";
    private readonly EntryHash _hash = new();

    public IEnumerable<TreeChange> Between(string before, string after)
    {
        using var left = Fd.Open(Flags.AtFdCwd, Bytes.Of(before), Plain, before);
        using var right = Fd.Open(Flags.AtFdCwd, Bytes.Of(after), Plain, after);
        foreach (var change in Below(left, right, ImagePath.Root))
        {
            yield return change;
        }
    }

    private IEnumerable<TreeChange> Below(Fd? left, Fd? right, ImagePath directory)
    {
        var (old, now) = (Names(left, directory), Names(right, directory));
        foreach (var name in old.Union(now).Order(StringComparer.Ordinal))
        {
            var (path, leaf) = (directory.Join(name), Bytes.OfRaw(name));
            FileFacts? a = old.Contains(name) ? ImageRoot.StatOf(left!, leaf, 0, path.ToString()) : null;
            FileFacts? b = now.Contains(name) ? ImageRoot.StatOf(right!, leaf, 0, path.ToString()) : null;
            if (a is { } x && b is { } y && x.Inode == y.Inode && x.SameDevice(y))
            {
                continue;
            }

            if (Compare(left, right, leaf, a, b, path) is { } change)
            {
                yield return change;
            }

            using var l = a is { IsDirectory: true } ? Fd.Open(left!.Number, leaf, Plain, path.ToString()) : null;
            using var r = b is { IsDirectory: true } ? Fd.Open(right!.Number, leaf, Plain, path.ToString()) : null;
            foreach (var below in l is null && r is null ? [] : Below(l, r, path))
            {
                yield return below;
            }
        }
    }

    private TreeChange? Compare(Fd? left, Fd? right, byte[] leaf, FileFacts? a, FileFacts? b, ImagePath path)
    {
        var shown = path.ToString();
        if (a is not { } x || b is not { } y)
        {
            var only = Xattrs.Read((a is null ? right : left)!, leaf, shown).GetValueOrDefault(CapabilityName);
            return new(path, a, b, a is null ? "added" : "removed", a is null ? (null, Show(only)) : (Show(only), null));
        }

        var (before, after) = (Xattrs.Read(left!, leaf, shown), Xattrs.Read(right!, leaf, shown));
        var what = new List<string>();
        if (x.Kind != y.Kind || (x.SpecialMajor, x.SpecialMinor) != (y.SpecialMajor, y.SpecialMinor))
        {
            what.Add("kind");
        }
        else if ((x.IsRegular && (x.Size != y.Size || Content(left!, leaf, x, shown) != Content(right!, leaf, y, shown)))
            || (x.IsSymlink && ImageRoot.ReadLinkAt(left!, leaf, shown) != ImageRoot.ReadLinkAt(right!, leaf, shown)))
        {
            what.Add("content");
        }

        if (x.Permissions != y.Permissions)
        {
            what.Add("mode");
        }

        if ((x.Uid, x.Gid) != (y.Uid, y.Gid))
        {
            what.Add("owner");
        }

        if (before.Count != after.Count || before.Any(v => !after.TryGetValue(v.Key, out var other) || !other.AsSpan().SequenceEqual(v.Value)))
        {
            what.Add("attributes");
        }

        return what.Count == 0 ? null : new(path, a, b, string.Join(',', what), (Show(before.GetValueOrDefault(CapabilityName)), Show(after.GetValueOrDefault(CapabilityName))));
    }

    private ulong Content(Fd directory, byte[] leaf, FileFacts facts, string shown) =>
        _hash.Of(directory, leaf, new() { Kind = facts.Kind, Size = facts.Size }, FileMetadata.NoXattrs, shown);

    private static HashSet<string> Names(Fd? directory, ImagePath path) => directory is null ? [] : [.. ImageRoot.ListOf(directory, path.ToString())];

    private static string? Show(byte[]? capability) => capability is null ? null : Convert.ToHexStringLower(capability);
}
