using System.IO.Hashing;
using System.Text;
using Allie.Files;
using Allie.Images;
using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Linux.Images.Digests;
using Allie.Linux.Native;

namespace Allie.Linux.Images;

/// <summary>
/// Writes an image's new name into a generation: its stamp, and what its digest list and its catalogue say of that. No PC has the generation, and
/// it is reached by no name yet. Stamp and list are each generation's own files, never shared with another.
/// Can be run again at any point: the list is changed before the stamp, the catalogue last.
/// </summary>
internal static class Restamp
{
    private static readonly ImagePath ListPath = ImagePath.Of(DigestList.Path);

    internal static void Run(ImageStore store, string image, int generation, RenameNote note)
    {
        var cut = note.Times?.Generation == generation ? note.Times : null;
        if (store.Stamp(image, generation) is not { } stamp || (stamp.Name == image && cut is null))
        {
            return; // without a stamp no PC takes it, now as before
        }

        using var tree = ImageRoot.Open(store.TreeOf(image, generation));
        var path = tree.RealPath(ImagePath.Of(ImageStamp.Path));
        var hasList = tree.Exists(ListPath);
        var times = cut ?? new(generation, tree.Stat(path.Parent).MtimeNs, hasList ? tree.Stat(ListPath.Parent).MtimeNs : 0, ImageRoot.Now);
        store.WriteRename(note with { Times = times });
        var text = Encoding.UTF8.GetBytes((stamp with { Name = image }).Format());
        var (facts, metadata) = (tree.Stat(path), tree.Metadata(path));
        var next = metadata with { MtimeNs = times.Written };
        if (hasList && stamp.Name != image && DigestList.TryParse(tree.ReadFile(ListPath)) is { } list)
        {
            list.Replace(
                EntryDigest.KeyOf(path),
                EntryDigest.Of(path, facts, metadata, XxHash3.HashToUInt64(tree.ReadFile(path))),
                EntryDigest.Of(path, facts with { Size = text.Length }, next, XxHash3.HashToUInt64(text)));
            tree.WriteFile(ListPath, list.Format(), tree.Metadata(ListPath) with { MtimeNs = times.Written });
        }

        tree.WriteFile(path, text, next);
        var catalogue = store.CatalogueOf(image, generation);
        if (cut is not null && catalogue is not null)
        {
            Sweep(tree, [path.Parent, ListPath.Parent], catalogue);
        }

        tree.SetTime(path.Parent, times.Etc);
        if (hasList)
        {
            tree.SetTime(ListPath.Parent, times.Own);
        }

        if (catalogue is not null)
        {
            var entries = catalogue.Hashes.Select(h => new CatalogueEntry(h.Key, h.Key == path || h.Key == ListPath ? HashOf(tree, h.Key) : h.Value));
            AtomicFile.Write(store.CatalogueFile(image, generation), Catalogue.Format(entries), 0x180);
        }

        tree.SyncFileSystem();
        store.WriteRename(note with { Times = null });
    }

    /// <summary>A write that was killed has left its temporary file. What the image itself has under such a name is in its catalogue.</summary>
    private static void Sweep(ImageRoot tree, IEnumerable<ImagePath> directories, Catalogue catalogue)
    {
        foreach (var path in directories.Where(tree.Exists).SelectMany(d => tree.List(d).Select(d.Join)))
        {
            if (path.Name.StartsWith(ImageRoot.TemporaryPrefix, StringComparison.Ordinal) && !catalogue.Hashes.ContainsKey(path))
            {
                tree.RemoveFile(path);
            }
        }
    }

    private static ulong HashOf(ImageRoot tree, ImagePath path)
    {
        using var parent = Fd.Open(Flags.AtFdCwd, Bytes.Of($"{tree.HostPath}/{path.Parent.Raw}"), Flags.ReadOnly | Flags.Directory | Flags.NoFollow, path.ToString());
        var leaf = Bytes.OfRaw(path.Name);
        return new EntryHash().Of(parent, leaf, ImageRoot.StatOf(parent, leaf, 0, path.ToString()), path.ToString());
    }
}
