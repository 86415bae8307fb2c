using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Images;

/// <summary>
/// A work tree made of a generation: every file a copy of its own (sharing blocks where the file system can), so that nothing done to it
/// reaches what PCs get. The caller holds the image's lock.
/// </summary>
public sealed class WorkCopy(IRunner runner, ImageStore store, string image)
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(12);

    /// <exception cref="UserError">Not copied; what was begun is gone again, or goes with the next try.</exception>
    public void Make(int generation)
    {
        var copy = ImagePath.Of($".work/.{image}.copy");
        using var images = ImageRoot.Open(store.Directory);
        images.RemoveTree(copy);
        images.MakeDirectory(copy, FileMetadata.Root(0x1C0, ImageRoot.Now));
        try
        {
            runner.RunChecked(
                new Command("cp", "-a", "--reflink=auto", "--", store.TreeOf(image, generation) + "/.", images.Show(copy) + "/") { Limit = Limit },
                $"has {store.WorkDirectory} room for another {image}?");
        }
        catch
        {
            images.RemoveTree(copy);
            throw;
        }

        WorkBasis.Write(store.BasisFile(image), generation, images.Show(copy));
        images.Rename(copy, ImagePath.Of(".work").Join(image));
    }
}
