using System.Globalization;
using System.Runtime.InteropServices;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Linux.Rsync;
using Allie.Rsync;

namespace Allie.Linux.Images;

/// <summary>What a path to import is.</summary>
public enum ImportKind
{
    Directory,
    OciLayout,
    Tar,
}

/// <summary>
/// Makes a work tree of a directory, a tar, or an OCI layout. All is unpacked beside the work tree and takes its place only when complete.
/// An archive is unpacked into an empty directory by GNU tar, which keeps names below it and makes links that lead outside only at its end.
/// </summary>
public sealed class Import(IRunner runner, ImageStore store, string image, string path)
{
    private const int MostJson = 4 << 20; // bytes: what image-spec tools accept at most
    private static readonly TimeSpan Limit = TimeSpan.FromHours(12);
    private readonly List<string> _notes = [];

    private ImagePath Place => ImagePath.Of($".work/.{image}.import");

    private string Scratch => $"{store.Directory}/{Place.Raw}";

    /// <summary>What the user should know besides.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <exception cref="UserError">Exit 2: nothing there, or nothing of these three.</exception>
    public ImportKind Kind() =>
        Directory.Exists(path) ? (File.Exists(path + "/oci-layout") ? ImportKind.OciLayout : ImportKind.Directory)
        : File.Exists(path) ? ImportKind.Tar
        : throw UserError.Refused($"cannot import {path}: there is no such file or directory", "a directory, a tar, or an OCI layout or archive");

    public void Run(ImportKind kind, DateTime now)
    {
        using var images = ImageRoot.Open(store.Directory);
        images.RemoveTree(Place);
        images.MakeDirectory(Place, FileMetadata.Root(0x1C0, ImageRoot.Now));
        try
        {
            MakeTree(kind);
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

    private void MakeTree(ImportKind kind)
    {
        switch (kind)
        {
            case ImportKind.Directory:
                new RsyncRunner(runner).Run(new RsyncCall([Path.GetFullPath(path) + "/"], Make("tree") + "/") { Sparse = true }, $"copy {path}");
                break;
            case ImportKind.OciLayout:
                Unpack(path);
                break;
            default:
                Unpack(path, Make("tree"));
                if (File.Exists(Scratch + "/tree/oci-layout"))
                {
                    Directory.Move(Scratch + "/tree", Scratch + "/oci");
                    Unpack(Scratch + "/oci");
                }

                break;
        }
    }

    private string Make(string name)
    {
        Directory.CreateDirectory($"{Scratch}/{name}", (UnixFileMode)0x1ED);
        return $"{Scratch}/{name}";
    }

    /// <summary>The real tar finds out the compression itself. Names with ".." are refused (exit 2), a leading slash is dropped.</summary>
    private void Unpack(string archive, string directory) => runner.RunChecked(
        new Command("tar", "--numeric-owner", "-p", "--same-owner", "--acls", "--xattrs", "--xattrs-include=*", "--delay-directory-restore", "-C", directory, "-xf", Path.GetFullPath(archive)) { Limit = Limit },
        "nothing was changed; is it a whole tar, and its compression program (gzip, xz, zstd) installed?");

    private void Unpack(string layout)
    {
        using var root = ImageRoot.Open(layout);
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        var blob = OciImage.Manifest(root.ReadFile(ImagePath.Of("index.json"), MostJson), architecture);
        for (var depth = 0; depth < 4 && OciImage.IsIndex(blob); depth++)
        {
            blob = OciImage.Manifest(Read(root, blob), architecture);
        }

        var number = 0;
        foreach (var layer in OciImage.Layers(Read(root, blob)))
        {
            Check(root, layer);
            var first = number++ == 0;
            var directory = Make(first ? "tree" : $"layer{number}");
            Unpack(root.Show(root.RealPath(ImagePath.Of(OciImage.PathOf(layer)))), directory);
            LayerMerger.Merge(directory, first ? Make("merged") : Scratch + "/merged");
            TreeRemover.Remove(directory);
        }

        if (number == 0)
        {
            throw UserError.Refused($"cannot import {path}: it has no layers");
        }

        Directory.Move(Scratch + "/merged", Scratch + "/tree");
    }

    private byte[] Read(ImageRoot root, OciBlob blob)
    {
        Check(root, blob);
        return root.ReadFile(ImagePath.Of(OciImage.PathOf(blob)), MostJson);
    }

    private void Check(ImageRoot root, OciBlob blob)
    {
        var file = ImagePath.Of(OciImage.PathOf(blob));
        if (root.TryStat(file) is not { IsRegular: true })
        {
            throw new UserError($"cannot import {path}: {file} is missing, or is no file", "it is not whole; fetch it again");
        }

        Outcome outcome;
        try
        {
            outcome = runner.Run(new Command("sha256sum", "-b", "--", root.Show(root.RealPath(file))) { Limit = Limit });
        }
        catch (UserError)
        {
            _notes.Add("sha256sum is not installed: the digests were not checked");
            return;
        }

        if (!outcome.Ok || outcome.Output.TrimStart('\\').Split(' ')[0] != blob.Digest["sha256:".Length..])
        {
            throw new UserError($"cannot import {path}: {file} is not what its digest says", "it is damaged; fetch it again");
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
