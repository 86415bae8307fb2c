using System.Globalization;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;

namespace Allie.Linux.Images;

/// <summary>
/// Makes a work tree the next generation and current. The caller holds the image's lock. A kill at any point leaves the old generation
/// current; a mark beside the work tree tells the next run to finish when the tree has been moved but not switched to.
/// </summary>
public sealed class Publisher(ImageStore store, string image)
{
    private ImagePath Home => ImagePath.Of(Generations.Directory).Join(image);

    private string MarkFile => $"{store.WorkDirectory}/.{image}.publish";

    /// <summary>The generation that a killed run has moved in place but not switched to; null when there is none.</summary>
    public int? Unfinished =>
        File.Exists(MarkFile) && int.TryParse(File.ReadAllText(MarkFile), CultureInfo.InvariantCulture, out var number)
        && store.GenerationsOf(image).Contains(number) ? number : null;

    public int Next => Generations.Next(store.GenerationsOf(image).Select(n => n.ToString(CultureInfo.InvariantCulture)));

    /// <exception cref="UserError">Exit 2: no work tree, or not one to give to PCs.</exception>
    public void Check()
    {
        if (!store.HasWorkTree(image))
        {
            throw UserError.Refused($"cannot publish {image}: there is no work tree {store.WorkTree(image)}", $"run: allie image capture PC {image}");
        }

        using var tree = ImageRoot.Open(store.WorkTree(image));
        var programs = new[] { "bin", "usr/bin" }.Select(ImagePath.Of)
            .Any(p => tree.TryStat(p) is { IsDirectory: true } && tree.List(p).Count > 0);
        PublishCheck.Require(image, tree.List(ImagePath.Root), programs, store.Capture(image));
    }

    /// <param name="now">Time for the stamp of a tree that was not captured.</param>
    public void Publish(DateTime now)
    {
        var generation = Next;
        using (var tree = ImageRoot.Open(store.WorkTree(image)))
        {
            Stamp(tree, generation, now);
            tree.SyncFileSystem();
        }

        AtomicFile.Write(MarkFile, generation.ToString(CultureInfo.InvariantCulture) + "\n", 0x180);
        using (var images = ImageRoot.Open(store.Directory))
        {
            images.MakeDirectories(Home, 0x1C0);
            images.Rename(ImagePath.Of(".work").Join(image), Home.Join(generation.ToString(CultureInfo.InvariantCulture)));
            images.SyncFileSystem();
        }

        Switch(generation);
    }

    /// <summary>Makes a generation that is in place current, and forgets the capture.</summary>
    public void Switch(int generation)
    {
        using var images = ImageRoot.Open(store.Directory);
        images.WriteSymlink(ImagePath.FromRaw(image), Generations.LinkTarget(image, generation), FileMetadata.Root(0x1FF, ImageRoot.Now));
        images.SyncDirectory();
        if (!store.HasWorkTree(image))
        {
            store.RemoveCapture(image); // else it already tells of the next tree
            store.ForgetBlandify(image);
        }

        File.Delete(MarkFile);
    }

    private void Stamp(ImageRoot tree, int generation, DateTime now)
    {
        var capture = store.Capture(image);
        var stamp = new ImageStamp(
            image, generation, capture?.Captured ?? now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), capture?.From ?? "work tree");
        tree.WriteFile(ImagePath.Of(ImageStamp.Path), System.Text.Encoding.UTF8.GetBytes(stamp.Format()), FileMetadata.Root(0x1A4, ImageRoot.Now));
        tree.MakeDirectories(SparseFiles.ListPath.Parent.Parent, 0x1ED);
        tree.MakeDirectories(SparseFiles.ListPath.Parent, 0x1C0);
        var list = SparseFiles.Find(tree).SelectMany(p => p.ToBytes().Append((byte)0)).ToArray();
        tree.WriteFile(SparseFiles.ListPath, list, FileMetadata.Root(0x180, ImageRoot.Now));
        tree.WriteFile(ImagePath.Of(ImageFacts.Path), System.Text.Encoding.UTF8.GetBytes(TreeMeasure.Of(tree).Format()), FileMetadata.Root(0x180, ImageRoot.Now));

        // The last that is written: whatever comes after it in the tree would not be what PCs compare with.
        tree.WriteFile(ImagePath.Of(DigestList.Path), TreeDigests.Make(tree).Format(), FileMetadata.Root(0x180, ImageRoot.Now));
    }
}
