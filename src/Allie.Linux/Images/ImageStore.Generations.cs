using System.Globalization;
using System.Text;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Linux.Images.Digests;

namespace Allie.Linux.Images;

/// <summary>
/// Beside the trees of an image's generations, in .generations/NAME: N.catalogue, .last (the highest number ever given), .hold (why current
/// stays), and .tags/TAG, symlinks to a generation.
/// </summary>
public sealed partial class ImageStore
{
    private const string LastName = ".last", HoldName = ".hold", TagsName = ".tags";

    public string TreeOf(string image, int generation) => $"{directory}/{Generations.LinkTarget(image, generation)}";

    public string CatalogueFile(string image, int generation) => TreeOf(image, generation) + ".catalogue";

    internal string BasisFile(string image) => $"{WorkDirectory}/.{image}.basis";

    /// <summary>Null when there is none: a generation made before there were catalogues.</summary>
    /// <exception cref="UserError">It is damaged.</exception>
    public Catalogue? CatalogueOf(string image, int generation) =>
        CatalogueFile(image, generation) is var file && File.Exists(file) ? Catalogue.Parse(File.ReadAllBytes(file), file) : null;

    /// <summary>Which files of the work tree are still what `image edit` copied from a generation; null where the tree was made otherwise.</summary>
    public Func<ImagePath, FileFacts, bool>? CopiedFiles(string image) =>
        WorkBasis.TryRead(BasisFile(image)) is { } basis ? (path, facts) => basis.IsUntouched(facts, path) : null;

    /// <summary>What PCs compare their copy with; null when there is none.</summary>
    public DigestList? DigestsOf(string image, int generation)
    {
        using var tree = ImageRoot.Open(TreeOf(image, generation));
        return TreeDigests.ListIn(tree);
    }

    public int LastNumber(string image) => int.TryParse(TryRead(image, LastName), CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A number is never given twice, also when its tree is gone: PCs know generations by number.</summary>
    public void WriteLastNumber(string image, int number) => Write(image, LastName, $"{Math.Max(number, LastNumber(image))}\n");

    /// <summary>Null: not held.</summary>
    public HoldNote? HoldNote(string image) => TryRead(image, HoldName) is { } text ? Allie.Images.HoldNote.Parse(text) : null;

    /// <summary>Null: not held. Empty: held without a reason.</summary>
    public string? HoldReason(string image) => HoldNote(image)?.Reason;

    public void Hold(string image, string reason) =>
        Write(image, HoldName, new HoldNote(reason.ReplaceLineEndings(" "), HoldNote(image)?.Newest ?? GenerationsOf(image).LastOrDefault()).Format());

    public void Release(string image) => File.Delete(Home(image, HoldName));

    /// <summary>Switches by rename: a PC's connection sees the one or the other.</summary>
    public void MakeCurrent(string image, int generation)
    {
        using var images = ImageRoot.Open(directory);
        images.WriteSymlink(ImagePath.FromRaw(image), Generations.LinkTarget(image, generation), FileMetadata.Root(0x1FF, ImageRoot.Now));
        images.SyncDirectory();
    }

    /// <summary>Tags with the number each names, in the order of the tags.</summary>
    public IReadOnlyList<(string Tag, int Generation)> Tags(string image)
    {
        using var images = ImageRoot.Open(directory);
        var tags = ImagePath.Of(Generations.Directory).Join(image).Join(TagsName);
        return [.. Names(images, tags).Where(t => images.Stat(tags.Join(t)).IsSymlink)
            .SelectMany(t => Generations.Of([images.ReadLink(tags.Join(t)).Split('/')[^1]]).Select(n => (t, n)))];
    }

    public void Tag(string image, int generation, string tag)
    {
        using var images = ImageRoot.Open(directory);
        var tags = ImagePath.Of(Generations.Directory).Join(image).Join(TagsName);
        images.MakeDirectories(tags, 0x1C0);
        images.WriteSymlink(tags.Join(tag), $"../{generation.ToString(CultureInfo.InvariantCulture)}", FileMetadata.Root(0x1FF, ImageRoot.Now));
    }

    public void Untag(string image, string tag)
    {
        using var images = ImageRoot.Open(directory);
        images.RemoveFile(ImagePath.Of(Generations.Directory).Join(image).Join(TagsName).Join(tag));
    }

    /// <summary>The generation that a reference names; without a number or tag the current one.</summary>
    /// <exception cref="UserError">Exit 2: there is none.</exception>
    public int Resolve(ImageReference reference)
    {
        var known = GenerationsOf(reference.Name);
        var found = reference switch
        {
            { At: null or "current" } => Current(reference.Name),
            { Number: { } number } => number,
            _ => Tags(reference.Name).Where(t => t.Tag == reference.At).Select(t => (int?)t.Generation).FirstOrDefault(),
        };
        return found is { } one && known.Contains(one)
            ? one
            : throw UserError.Refused(
                $"image {reference.Name} has no {(reference.At is null ? "current generation" : $"generation or tag '{reference.At}'")}",
                known.Count > 0 ? $"it has {string.Join(", ", known)}; see: allie image show {reference.Name}" : "allie image list shows what there is");
    }

    private string Home(string image, string name) => $"{directory}/{Generations.Directory}/{image}/{name}";

    private string? TryRead(string image, string name) => File.Exists(Home(image, name)) ? File.ReadAllText(Home(image, name), Encoding.UTF8) : null;

    private void Write(string image, string name, string text)
    {
        using (var images = ImageRoot.Open(directory))
        {
            images.MakeDirectories(ImagePath.Of(Generations.Directory).Join(image), 0x1C0);
        }

        AtomicFile.Write(Home(image, name), text, 0x180);
    }
}
