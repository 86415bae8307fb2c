using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Overlays;

/// <summary>
/// Whether entries of two trees are the same: kind, mode, owner, extended attributes but for the SELinux label (which is the image's, never
/// an overlay's), and content. Times do not count.
/// </summary>
internal static class EntryComparer
{
    private const string Label = "security.selinux";

    /// <summary>An entry without its content.</summary>
    internal sealed record Sight(FileFacts Facts, FileMetadata Metadata);

    internal static Sight? See(ImageRoot root, ImagePath path) =>
        root.TryStat(path) is { } facts ? new(facts, WithoutLabel(root.Metadata(path))) : null;

    internal static FileMetadata WithoutLabel(FileMetadata metadata) =>
        metadata.Xattrs.ContainsKey(Label)
            ? metadata with { Xattrs = metadata.Xattrs.Where(x => x.Key != Label).ToDictionary(x => x.Key, x => x.Value) }
            : metadata;

    /// <summary>Compares all but content of regular files; what has the same size is then for <see cref="SameContent"/>.</summary>
    internal static bool SameButContent(Sight one, ImageRoot oneRoot, ImagePath onePath, Sight other, ImageRoot otherRoot, ImagePath otherPath) =>
        one.Facts.Kind == other.Facts.Kind && one.Metadata.SameAs(other.Metadata) && one.Facts.Kind switch
        {
            FileKind.Regular => one.Facts.Size == other.Facts.Size,
            FileKind.Symlink => oneRoot.ReadLink(onePath) == otherRoot.ReadLink(otherPath),
            FileKind.CharacterDevice or FileKind.BlockDevice =>
                (one.Facts.SpecialMajor, one.Facts.SpecialMinor) == (other.Facts.SpecialMajor, other.Facts.SpecialMinor),
            _ => true,
        };

    /// <summary>Which of the streams have the bytes of the file. It is read once, and no further than one of them still agrees. Closes the streams.</summary>
    internal static bool[] SameContent(ImageRoot root, ImagePath path, Stream[] streams)
    {
        var same = Enumerable.Repeat(true, streams.Length).ToArray();
        try
        {
            using var file = root.OpenRead(path);
            var size = (int)Math.Clamp(file.Length + 1, 512, 65536);
            byte[] mine = new byte[size], theirs = new byte[size];
            while (same.Contains(true))
            {
                var count = file.ReadAtLeast(mine, size, false);
                for (var i = 0; i < streams.Length; i++)
                {
                    same[i] = same[i] && streams[i].ReadAtLeast(theirs, size, false) == count && mine.AsSpan(0, count).SequenceEqual(theirs.AsSpan(0, count));
                }

                if (count < size)
                {
                    break;
                }
            }
        }
        finally
        {
            foreach (var stream in streams)
            {
                stream.Dispose();
            }
        }

        return same;
    }
}
