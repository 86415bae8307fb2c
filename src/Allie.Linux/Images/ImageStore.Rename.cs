using Allie.Errors;
using Allie.Images;
using Allie.Linux.Files;

namespace Allie.Linux.Images;

public sealed partial class ImageStore
{
    private string RenameFile => WorkDirectory + "/.rename";

    /// <summary>A rename that has begun and was not ended: its names stay locked for everything else, as half of what bears them has moved.</summary>
    public RenameNote? RenameUnderWay => File.Exists(RenameFile) ? RenameNote.Parse(File.ReadAllText(RenameFile)) : null;

    /// <exception cref="UserError">Exit 4: somebody captures, blandifies or publishes it. Exit 2: a rename of it was cut short.</exception>
    public FileLock Lock(string image)
    {
        var held = LockForRename(image);
        if (RenameUnderWay is { } note && (note.Old == image || note.New == image))
        {
            held.Dispose();
            throw UserError.Refused($"image {image} is in the middle of a rename that was cut short", $"end it first: allie image rename {note.Old} {note.New}");
        }

        return held;
    }

    internal FileLock LockForRename(string image) => FileLock.Take($"{WorkDirectory}/.{image}.lock", $"the work tree of image {image}", inherited: true);

    internal void WriteRename(RenameNote note) => AtomicFile.Write(RenameFile, note.Format(), 0x180);

    internal void EndRename() => File.Delete(RenameFile);
}
