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
/// A tree from a directory, a tar, or an OCI layout, directory or archive.
/// An archive is unpacked into an empty directory by GNU tar, which keeps names below it and makes links that lead outside only at its end.
/// </summary>
public sealed class SourceTree(IRunner runner, string path)
{
    private const int MostJson = 4 << 20; // bytes: what image-spec tools accept at most
    private static readonly TimeSpan Limit = TimeSpan.FromHours(12);
    private readonly List<string> _notes = [];

    /// <summary>What the user should know besides.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <exception cref="UserError">Exit 2: nothing there, or nothing of these three.</exception>
    public ImportKind Kind() =>
        Directory.Exists(path) ? (File.Exists(path + "/oci-layout") ? ImportKind.OciLayout : ImportKind.Directory)
        : File.Exists(path) ? ImportKind.Tar
        : throw UserError.Refused($"cannot import {path}: there is no such file or directory", "a directory, a tar, or an OCI layout or archive");

    /// <summary>Makes the tree as "tree" in the scratch directory.</summary>
    public void Make(ImportKind kind, string scratch)
    {
        switch (kind)
        {
            case ImportKind.Directory:
                new RsyncRunner(runner).Run(new RsyncCall([Path.GetFullPath(path) + "/"], Make(scratch, "tree") + "/") { Sparse = true }, $"copy {path}");
                break;
            case ImportKind.OciLayout:
                Layers(path, scratch);
                break;
            default:
                Unpack(path, Make(scratch, "tree"));
                if (File.Exists(scratch + "/tree/oci-layout"))
                {
                    Directory.Move(scratch + "/tree", scratch + "/oci");
                    Layers(scratch + "/oci", scratch);
                }

                break;
        }
    }

    private static string Make(string scratch, string name)
    {
        Directory.CreateDirectory($"{scratch}/{name}", (UnixFileMode)0x1ED);
        return $"{scratch}/{name}";
    }

    /// <summary>The real tar finds out the compression itself. Names with ".." are refused (exit 2), a leading slash is dropped.</summary>
    private void Unpack(string archive, string directory) => runner.RunChecked(
        new Command("tar", "--numeric-owner", "-p", "--same-owner", "--acls", "--xattrs", "--xattrs-include=*", "--delay-directory-restore", "-C", directory, "-xf", Path.GetFullPath(archive)) { Limit = Limit },
        "nothing was changed; is it a whole tar, and its compression program (gzip, xz, zstd) installed?");

    /// <summary>
    /// Looks into a layout directory as it is: each layer is what its digest says, and os-release(5) of the topmost that has one; null when none has. What upper
    /// layers take away is seen when it is unpacked.
    /// </summary>
    public string? OsRelease()
    {
        using var root = ImageRoot.Open(path);
        var layers = LayersOf(root);
        foreach (var layer in layers)
        {
            Check(root, layer);
        }

        string[] names = ["etc/os-release", "./etc/os-release", "usr/lib/os-release", "./usr/lib/os-release"];
        return layers.Reverse().Select(l => runner.Run(new Command("tar", ["-xO", "-f", root.Show(root.RealPath(ImagePath.Of(OciImage.PathOf(l)))), .. names]) { Limit = Limit }).Output)
            .FirstOrDefault(text => text.Length > 0); // tar fails for the names that are not there, and prints those that are
    }

    /// <summary>The layers for this machine's architecture, lowest first.</summary>
    private IReadOnlyList<OciBlob> LayersOf(ImageRoot root)
    {
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        var blob = OciImage.Manifest(root.ReadFile(ImagePath.Of("index.json"), MostJson), architecture);
        for (var depth = 0; depth < 4 && OciImage.IsIndex(blob); depth++)
        {
            blob = OciImage.Manifest(Read(root, blob), architecture);
        }

        return OciImage.Layers(Read(root, blob));
    }

    private void Layers(string layout, string scratch)
    {
        using var root = ImageRoot.Open(layout);
        var number = 0;
        foreach (var layer in LayersOf(root))
        {
            Check(root, layer);
            var first = number++ == 0;
            var directory = Make(scratch, first ? "tree" : $"layer{number}");
            Unpack(root.Show(root.RealPath(ImagePath.Of(OciImage.PathOf(layer)))), directory);
            LayerMerger.Merge(directory, first ? Make(scratch, "merged") : scratch + "/merged");
            TreeRemover.Remove(directory);
        }

        if (number == 0)
        {
            throw UserError.Refused($"cannot import {path}: it has no layers");
        }

        Directory.Move(scratch + "/merged", scratch + "/tree");
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
}
