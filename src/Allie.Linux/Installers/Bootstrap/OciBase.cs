using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>An OCI image, layers and whiteouts, as the tree to begin with.</summary>
public sealed class OciBase(IRunner runner)
{
    private static readonly ImagePath Scratch = ImagePath.Of(".allie-oci");

    /// <param name="path">Layout directory or archive.</param>
    /// <param name="directory">Empty but for lost+found, or absent.</param>
    /// <param name="onStage">Each stage as it begins.</param>
    public void Unpack(string path, string directory, Action<string> onStage)
    {
        Directory.CreateDirectory(directory, (UnixFileMode)0x1ED);
        using var root = ImageRoot.Open(directory);
        var source = new SourceTree(runner, path);
        var scratch = root.Show(Scratch);
        onStage($"unpacking {path}");
        root.MakeDirectory(Scratch, FileMetadata.Root(0x1C0, ImageRoot.Now));
        source.Make(Kind(source, path), scratch);
        foreach (var name in root.List(Scratch.Join("tree")))
        {
            root.Rename(Scratch.Join("tree").Join(name), ImagePath.Root.Join(name));
        }

        root.RemoveTree(Scratch);
        foreach (var note in source.Notes.Distinct())
        {
            onStage("allie: " + note);
        }
    }

    /// <exception cref="UserError">Exit 2: a plain directory is no OCI image.</exception>
    public static ImportKind Kind(SourceTree source, string path) => source.Kind() is var kind && kind != ImportKind.Directory
        ? kind
        : throw UserError.Refused($"{path} is no OCI layout: it has no file oci-layout", "skopeo copy docker://IMAGE oci:DIR makes one; a directory or tar of a system: allie image import");
}
