using System.Globalization;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Images;

/// <summary>
/// Makes a work tree of a directory, a tar, or an OCI layout. All is unpacked beside the work tree and takes its place only when complete.
/// </summary>
public sealed class Import(IRunner runner, ImageStore store, string image, string path)
{
    private readonly SourceTree _source = new(runner, path);

    private ImagePath Place => ImagePath.Of($".work/.{image}.import");

    private string Scratch => $"{store.Directory}/{Place.Raw}";

    /// <summary>What the user should know besides.</summary>
    public IReadOnlyList<string> Notes => _source.Notes;

    /// <exception cref="UserError">Exit 2: nothing there, or nothing of these three.</exception>
    public ImportKind Kind() => _source.Kind();

    public void Run(ImportKind kind, DateTime now)
    {
        using var images = ImageRoot.Open(store.Directory);
        images.RemoveTree(Place);
        images.MakeDirectory(Place, FileMetadata.Root(0x1C0, ImageRoot.Now));
        try
        {
            _source.Make(kind, Scratch);
            Require();
            images.SyncFileSystem();
            images.RemoveTree(ImagePath.Of(".work").Join(image));
            File.Delete(store.BasisFile(image));
            images.Rename(Place.Join("tree"), ImagePath.Of(".work").Join(image));
            store.WriteCapture(image, new("import of " + Path.GetFileName(path.TrimEnd('/')).Replace('"', '?').Replace('\\', '?'), now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        }
        finally
        {
            images.RemoveTree(Place);
        }
    }

    private void Require()
    {
        using var tree = ImageRoot.Open(Scratch + "/tree");
        var missing = new[] { "etc", "usr" }.Where(n => !tree.Exists(ImagePath.Of(n))).ToList();
        if (missing.Count > 0)
        {
            throw UserError.Refused($"cannot import {path}: it is no system, it has no {string.Join(", no ", missing)}", "nothing was changed");
        }
    }
}
