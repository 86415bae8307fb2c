using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Images;

/// <summary>
/// Puts an unpacked OCI layer over the tree of those below it, by renames on one file system. Directory by directory with open descriptors: a
/// symlink of a lower layer is replaced, never followed.
/// </summary>
internal static class LayerMerger
{
    private const int Plain = Flags.ReadOnly | Flags.Directory | Flags.NoFollow;

    internal static void Merge(string layer, string tree)
    {
        using var from = Fd.Open(Flags.AtFdCwd, Bytes.Of(layer), Plain, layer);
        using var to = Fd.Open(Flags.AtFdCwd, Bytes.Of(tree), Plain, tree);
        Below(from, to, ImagePath.Root);
    }

    private static void Below(Fd from, Fd to, ImagePath directory)
    {
        var names = ImageRoot.ListOf(from, directory.ToString());
        var gone = names.Contains(Whiteout.Opaque) ? ImageRoot.ListOf(to, directory.ToString()) : names.Where(Whiteout.Is).Select(Whiteout.NameOf).OfType<string>();
        foreach (var name in gone)
        {
            Remove(to, Bytes.OfRaw(name), directory.Join(name));
        }

        foreach (var name in names.Where(n => !Whiteout.Is(n)))
        {
            Entry(from, to, Bytes.OfRaw(name), directory.Join(name));
        }
    }

    private static void Entry(Fd from, Fd to, byte[] leaf, ImagePath path)
    {
        var facts = ImageRoot.StatOf(from, leaf, 0, path.ToString());
        if (!facts.IsDirectory || TryStat(to, leaf, path) is not { IsDirectory: true })
        {
            Remove(to, leaf, path);
            if (facts.IsDirectory && Libc.mkdirat(to.Number, leaf, 0x1C0) != 0)
            {
                throw LinuxException.Last("make directory", path.ToString());
            }
        }

        if (!facts.IsDirectory)
        {
            if (Libc.renameat(from.Number, leaf, to.Number, leaf) != 0)
            {
                throw LinuxException.Last("rename", path.ToString());
            }

            return;
        }

        using (var source = Fd.Open(from.Number, leaf, Plain, path.ToString()))
        using (var target = Fd.Open(to.Number, leaf, Plain, path.ToString()))
        {
            Below(source, target, path); // also of a new directory: whiteouts stand in those too
        }

        ImageRoot.SetMetadataAt(to, leaf, new(facts.Permissions, facts.Uid, facts.Gid, facts.MtimeNs, Xattrs.Read(from, leaf, path.ToString())), path.ToString());
    }

    private static FileFacts? TryStat(Fd directory, byte[] leaf, ImagePath path)
    {
        try
        {
            return ImageRoot.StatOf(directory, leaf, 0, path.ToString());
        }
        catch (LinuxException e) when (e.Errno == Errno.ENOENT)
        {
            return null;
        }
    }

    private static void Remove(Fd directory, byte[] leaf, ImagePath path)
    {
        if (TryStat(directory, leaf, path) is not null)
        {
            ImageRoot.RemoveAt(directory, leaf, path.ToString());
        }
    }
}
