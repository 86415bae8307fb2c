using System.Globalization;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Images.Digests;
using Allie.Linux.Files;

namespace Allie.Linux.Images;

/// <summary>
/// Makes a work tree the next generation and current. The caller holds the image's lock. The new tree is built beside the old ones from hard
/// links; the work tree stays as it is until the new one is complete and on the disk, so a kill at any point leaves the old generation
/// current and nothing lost: a mark beside the work tree tells the next run to finish.
/// </summary>
/// <param name="store">Where it is.</param>
/// <param name="image">Its name.</param>
/// <param name="clear">Removes the work tree that is not needed any more, given its number of paths; null: at once.</param>
public sealed class Publisher(ImageStore store, string image, Action<int>? clear = null)
{
    private const string Building = ".new";
    private static readonly ImagePath AppliedOverlays = ImagePath.Of("var/lib/allie/applied");
    private static readonly ImagePath StampPath = ImagePath.Of(ImageStamp.Path);

    /// <summary>What publishing writes into our own directory of a tree, in this order.</summary>
    internal static IReadOnlyList<ImagePath> Lists { get; } =
        [SparseFiles.ListPath, ImagePath.Of(ImageFacts.Path), ImagePath.Of(PathList.Path), ImagePath.Of(DigestList.Path)];

    private ImagePath Home => ImagePath.Of(Generations.Directory).Join(image);

    private readonly SpentTrees _spent = new(store, image);

    private string MarkFile => $"{store.WorkDirectory}/.{image}.publish";

    /// <summary>The generation that a killed run has completed but not switched to; null when there is none.</summary>
    public int? Unfinished =>
        File.Exists(MarkFile) && int.TryParse(File.ReadAllText(MarkFile), CultureInfo.InvariantCulture, out var number)
        && (store.GenerationsOf(image).Contains(number) || (IsBuilt && !store.HasWorkTree(image))) ? number : null;

    public int Next => Math.Max(Generations.Next(store.GenerationsOf(image).Select(n => n.ToString(CultureInfo.InvariantCulture))), store.LastNumber(image) + 1);

    private bool IsBuilt => Directory.Exists($"{store.Directory}/{Home.Raw}/{Building}");

    /// <exception cref="UserError">Exit 2: no work tree, or not one to give to PCs.</exception>
    public void Check()
    {
        if (!store.HasWorkTree(image))
        {
            throw UserError.Refused(
                $"cannot publish {image}: there is no work tree {store.WorkTree(image)}",
                store.GenerationsOf(image).Any() ? $"run: allie image edit {image}, or: allie image capture PC {image}" : $"allie image list shows the images there are; a new one: allie image capture PC {image}");
        }

        using var tree = ImageRoot.Open(store.WorkTree(image));
        var programs = new[] { "bin", "usr/bin" }.Select(ImagePath.Of)
            .Any(p => tree.TryStat(p) is { IsDirectory: true } && tree.List(p).Count > 0);
        PublishCheck.Require(image, tree.List(ImagePath.Root), programs, store.Capture(image));
        if (tree.Exists(AppliedOverlays))
        {
            throw UserError.Refused($"cannot publish {image}: the overlays of the captured PC are applied in it, in what may be secrets of that PC", $"allie image blandify {image} takes them out");
        }
    }

    /// <param name="now">Time for the stamp of a tree that was not captured.</param>
    /// <returns>What the new generation shares with the one before.</returns>
    public PublishedCounts Publish(DateTime now)
    {
        var generation = Next;
        using var images = ImageRoot.Open(store.Directory);
        images.MakeDirectories(Home, 0x1C0);
        images.RemoveTree(Home.Join(Building));
        images.MakeDirectory(Home.Join(Building), FileMetadata.Root(0x1C0, ImageRoot.Now));
        var copied = WorkBasis.TryRead(store.BasisFile(image));
        var basis = copied is { Generation: var known } && store.GenerationsOf(image).Contains(known) ? known : store.Current(image) ?? store.GenerationsOf(image).LastOrDefault();
        var built = Build(generation, basis, basis == copied?.Generation ? copied : null, now);
        AtomicFile.Write(store.CatalogueFile(image, generation), Catalogue.Format(built.Entries), 0x180);
        store.WriteLastNumber(image, generation);
        images.SyncFileSystem();
        AtomicFile.Write(MarkFile, generation.ToString(CultureInfo.InvariantCulture) + "\n", 0x180);
        images.Rename(ImagePath.Of(".work").Join(image), _spent.Place(generation));
        Switch(generation, built.Entries.Count);
        return new(built.Entries.Count, built.Shared, built.OwnBytes);
    }

    /// <summary>Gives a complete generation its place, makes it current, and forgets the capture. A held image's current stays.</summary>
    /// <param name="generation">Its number.</param>
    /// <param name="paths">How many the work tree has.</param>
    public void Switch(int generation, int paths = 0)
    {
        using var images = ImageRoot.Open(store.Directory);
        if (!store.GenerationsOf(image).Contains(generation))
        {
            images.Rename(Home.Join(Building), Home.Join(generation.ToString(CultureInfo.InvariantCulture)));
            using var home = images.OpenBelow(Home);
            home.SyncDirectory();
        }

        if (store.HoldReason(image) is null)
        {
            store.MakeCurrent(image, generation);
        }

        if (!store.HasWorkTree(image))
        {
            store.RemoveCapture(image); // else it already tells of the next tree
            store.ForgetBlandify(image);
            File.Delete(store.BasisFile(image));
        }

        File.Delete(MarkFile);
        if (clear is null)
        {
            _spent.Clear();
        }
        else
        {
            clear(paths);
        }
    }

    private GenerationBuilder Build(int generation, int basis, WorkBasis? copied, DateTime now)
    {
        using var work = ImageRoot.Open(store.WorkTree(image));
        var (own, above) = (SparseFiles.ListPath.Parent, SparseFiles.ListPath.Parent.Parent);
        work.MakeDirectories(above, 0x1ED);
        if (!work.Exists(own))
        {
            var kept = work.Metadata(above); // the image's own time, not that of our directory
            work.MakeDirectories(own, 0x1C0);
            work.SetMetadata(above, kept);
        }

        ImagePath[] written = [work.RealPath(StampPath), .. Lists.Select(work.RealPath)];
        var target = $"{store.Directory}/{Home.Raw}/{Building}";
        var builder = new GenerationBuilder(
            basis > 0 ? (store.TreeOf(image, basis), store.CatalogueOf(image, basis) ?? Catalogue.Empty) : null, copied, copied is null ? null : store.DigestsOf(image, basis));
        builder.Build(store.WorkTree(image), target, written.ToHashSet());
        var capture = store.Capture(image);
        var stamp = new ImageStamp(
            image, generation, capture?.Captured ?? now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), capture?.From ?? "work tree");
        using var tree = ImageRoot.Open(target);
        var sparse = builder.Sparse.Except(written).SelectMany(p => p.ToBytes().Append((byte)0)).ToArray();
        builder.Add(tree, written[0], System.Text.Encoding.UTF8.GetBytes(stamp.Format()), 0x1A4);
        builder.Add(tree, written[1], sparse, 0x180);
        builder.Add(tree, written[2], System.Text.Encoding.UTF8.GetBytes(builder.Facts.Format()), 0x180);

        builder.Add(tree, written[3], PathList.Format(builder.Entries.Select(e => e.Path).Append(written[3])), 0x180);

        // The last that is written: whatever comes after it in the tree would not be what PCs compare with.
        builder.Add(tree, written[4], builder.Digests.Format(), 0x180);
        return builder;
    }
}
