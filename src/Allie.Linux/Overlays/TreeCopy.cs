using Allie.Files;
using Allie.Errors;
using Allie.Linux.Files;

namespace Allie.Linux.Overlays;

/// <summary>One entry with all below it from one root to another; a directory's own time is set after its content.</summary>
internal static class TreeCopy
{
    /// <exception cref="UserError">Another file system is mounted below.</exception>
    internal static void Copy(ImageRoot source, ImagePath from, ImageRoot target, ImagePath to) => Copy(source, from, target, to, source.Stat(from));

    private static void Copy(ImageRoot source, ImagePath from, ImageRoot target, ImagePath to, FileFacts top)
    {
        var facts = source.Stat(from);
        if (!facts.SameDevice(top))
        {
            throw new UserError($"cannot move {source.Show(from)} away: another file system is mounted there", "unmount it, or take the .wh. out of the layer");
        }

        if (facts.Kind == FileKind.Socket)
        {
            return; // its service makes a new one
        }

        target.CopyFrom(source, from, to);
        if (!facts.IsDirectory)
        {
            return;
        }

        foreach (var name in source.List(from))
        {
            Copy(source, from.Join(name), target, to.Join(name), top);
        }

        target.SetMetadata(to, source.Metadata(from));
    }
}
