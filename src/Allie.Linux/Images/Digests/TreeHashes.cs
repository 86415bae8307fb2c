using Allie.Files;
using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Images.Digests;

/// <summary>Reads a whole tree and hashes every path of it, in the order of a catalogue.</summary>
public static class TreeHashes
{
    public static IEnumerable<CatalogueEntry> Of(string tree)
    {
        var hash = new EntryHash();
        using var top = Fd.Open(Flags.AtFdCwd, Bytes.Of(tree), Flags.ReadOnly | Flags.Directory | Flags.NoFollow, tree);
        var self = Bytes.OfRaw(".");
        yield return new(ImagePath.Root, hash.Of(top, self, ImageRoot.StatOf(top, self, 0, tree), tree));
        foreach (var entry in Below(hash, top, ImagePath.Root, tree))
        {
            yield return entry;
        }
    }

    /// <summary>Compares with what was written down when the generation was published.</summary>
    public static IEnumerable<TreeFault> Faults(string tree, Catalogue catalogue)
    {
        var missing = catalogue.Hashes.Keys.ToHashSet();
        foreach (var (path, hash) in Of(tree))
        {
            if (!missing.Remove(path))
            {
                yield return new("extra", path);
            }
            else if (catalogue.Hashes[path] != hash)
            {
                yield return new("changed", path);
            }
        }

        foreach (var path in missing.Order())
        {
            yield return new("missing", path);
        }
    }

    private static IEnumerable<CatalogueEntry> Below(EntryHash hash, Fd directory, ImagePath path, string tree)
    {
        foreach (var name in ImageRoot.ListOf(directory, tree + path))
        {
            var leaf = Bytes.OfRaw(name);
            var at = path.Join(name);
            var shown = tree + at;
            var facts = ImageRoot.StatOf(directory, leaf, 0, shown);
            yield return new(at, TryHash(hash, directory, leaf, facts, shown));
            if (facts.IsDirectory)
            {
                using var below = Fd.Open(directory.Number, leaf, Flags.ReadOnly | Flags.Directory | Flags.NoFollow, shown);
                foreach (var entry in Below(hash, below, at, tree))
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>What the disk cannot read any more is a changed path, not the end of the look at all others.</summary>
    private static ulong TryHash(EntryHash hash, Fd directory, byte[] leaf, FileFacts facts, string shown)
    {
        try
        {
            return hash.Of(directory, leaf, facts, shown);
        }
        catch (LinuxException e) when (e.Errno == Errno.EIO)
        {
            return 0;
        }
    }
}
