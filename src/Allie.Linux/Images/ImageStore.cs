using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Images.Offer;
using Allie.Linux.Files;
using Allie.Linux.Images.Offer;

namespace Allie.Linux.Images;

/// <summary>The server's image directory: published names, generations, work trees, and what is known about them.</summary>
public sealed partial class ImageStore(string directory)
{
    public string Directory => directory;

    public string WorkDirectory => directory + "/.work";

    public string WorkTree(string image) => $"{WorkDirectory}/{image}";

    public bool HasWorkTree(string image) => System.IO.Directory.Exists(WorkTree(image));

    /// <exception cref="UserError">Exit 2: no store.</exception>
    public void Require()
    {
        if (!System.IO.Directory.Exists(WorkDirectory))
        {
            throw UserError.Refused($"there is no store: {WorkDirectory} does not exist", "run: allie server init");
        }
    }

    /// <summary>Names whose symlink leads to one of their generations.</summary>
    public IReadOnlyList<string> Published()
    {
        using var root = ImageRoot.Open(directory);
        return [.. root.List(ImagePath.Root).Where(n => n[0] != '.' && Current(root, n) is not null)];
    }

    public int? Current(string image)
    {
        using var root = ImageRoot.Open(directory);
        return Current(root, image);
    }

    public IReadOnlyList<int> GenerationsOf(string image)
    {
        using var root = ImageRoot.Open(directory);
        return Generations.Of(Names(root, ImagePath.Of(Generations.Directory).Join(image)));
    }

    /// <summary>Every name with a generation or a work tree.</summary>
    public IReadOnlyList<string> Names()
    {
        using var root = ImageRoot.Open(directory);
        return [.. Names(root, ImagePath.Of(Generations.Directory)).Concat(Names(root, ImagePath.Of(".work"))).Concat(Published())
            .Where(n => n[0] != '.').Distinct().Order(StringComparer.Ordinal)];
    }

    public CaptureRecord? Capture(string image)
    {
        var file = CaptureFile(image);
        return File.Exists(file) ? CaptureRecord.Parse(File.ReadAllText(file), file) : null;
    }

    public void WriteCapture(string image, CaptureRecord record) => AtomicFile.Write(CaptureFile(image), record.Format(), 0x180);

    public void RemoveCapture(string image) => File.Delete(CaptureFile(image));

    /// <summary>What blandify keeps about a work tree: whose it was, and the undo journal. It goes with the work tree.</summary>
    public string BlandifyDirectory(string image) => $"{WorkDirectory}/.{image}.blandify";

    /// <summary>For trees outside of the store.</summary>
    public string TreesDirectory => WorkDirectory + "/.trees";

    /// <summary>The tree is another one now, or published; the saved files hold keys.</summary>
    public void ForgetBlandify(string image)
    {
        if (System.IO.Directory.Exists(BlandifyDirectory(image)))
        {
            TreeRemover.Remove(BlandifyDirectory(image));
        }
    }

    /// <summary>The stamp in a published generation; null when it has none.</summary>
    public ImageStamp? Stamp(string image, int generation)
    {
        using var root = ImageRoot.Open($"{directory}/{Generations.LinkTarget(image, generation)}");
        return root.TryReadText(ImagePath.Of(ImageStamp.Path)) is { } text ? ImageStamp.Parse(text, $"{image} generation {generation}") : null;
    }

    private string CaptureFile(string image) => $"{WorkDirectory}/.{image}.capture";

    private static int? Current(ImageRoot root, string image) =>
        root.TryStat(ImagePath.FromRaw(image)) is { IsSymlink: true } ? Generations.OfLink(image, root.ReadLink(ImagePath.FromRaw(image))) : null;

    private static IReadOnlyList<string> Names(ImageRoot root, ImagePath path) => root.TryStat(path) is { IsDirectory: true } ? root.List(path) : [];
}
