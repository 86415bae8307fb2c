using System.Globalization;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;

namespace Allie.Linux.Images;

public sealed partial class ImageStore
{
    private const string GonePrefix = ".gone-";

    /// <summary>Takes a generation away: first its name, so that nobody ever meets half of it, then its files.</summary>
    public void RemoveGeneration(string image, int generation)
    {
        using var images = ImageRoot.Open(directory);
        var home = ImagePath.Of(Generations.Directory).Join(image);
        var name = generation.ToString(CultureInfo.InvariantCulture);
        foreach (var (tag, _) in Tags(image).Where(t => t.Generation == generation))
        {
            Untag(image, tag);
        }

        images.RemoveTree(home.Join(GonePrefix + name));
        images.Rename(home.Join(name), home.Join(GonePrefix + name));
        images.RemoveFile(home.Join(name + ".catalogue"));
        images.RemoveTree(home.Join(GonePrefix + name));
    }

    /// <summary>What a removal that was killed has left.</summary>
    public void SweepRemoved(string image)
    {
        using var images = ImageRoot.Open(directory);
        var home = ImagePath.Of(Generations.Directory).Join(image);
        foreach (var name in Names(images, home).Where(n => n.StartsWith(GonePrefix, StringComparison.Ordinal)))
        {
            images.RemoveTree(home.Join(name));
        }
    }

    /// <summary>The image with all its generations, its work tree, and what is known about it. PCs get it no more from the first moment.</summary>
    public void Remove(string image)
    {
        using var images = ImageRoot.Open(directory);
        images.RemoveFile(ImagePath.FromRaw(image));
        var home = ImagePath.Of(Generations.Directory).Join(image);
        foreach (var generation in GenerationsOf(image))
        {
            RemoveGeneration(image, generation);
        }

        images.RemoveTree(home);
        images.RemoveTree(ImagePath.Of(".work").Join(image));
        var work = ImagePath.Of(".work");
        foreach (var name in Names(images, work).Where(n => n.StartsWith($".{image}.", StringComparison.Ordinal) && OfWorkTree(n[(image.Length + 2)..])))
        {
            images.RemoveTree(work.Join(name));
        }
    }

    /// <summary>A name may hold dots: .work/.a.b.capture is image a.b's, not image a's.</summary>
    private static bool OfWorkTree(string rest) => rest is "capture" or "basis" or "publish" or "copy" or "password" or "import" || rest.StartsWith("spent.", StringComparison.Ordinal);
}
