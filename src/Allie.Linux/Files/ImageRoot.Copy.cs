using System.Runtime.InteropServices;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    /// <summary>
    /// Makes <paramref name="to"/> here the same as <paramref name="from"/> there: content with its holes (sharing its blocks where the file system can), and
    /// this metadata (or the source's own). One entry only: a directory is made without what is in it. Replaces a file, link or special file atomically.
    /// </summary>
    public void CopyFrom(ImageRoot source, ImagePath from, ImagePath to, FileMetadata? metadata = null) => Copy(source, from, to, metadata, isNew: false);

    /// <summary>As <see cref="CopyFrom"/> to a name of our own that nothing has yet; an error if something does. A kill may leave part of it.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="from">What it is called there.</param>
    /// <param name="to">The new name here.</param>
    /// <param name="adapt">What becomes of the source's own metadata.</param>
    public void CopyNew(ImageRoot source, ImagePath from, ImagePath to, Func<FileMetadata, FileMetadata>? adapt = null) => Copy(source, from, to, null, isNew: true, adapt);

    private void Copy(ImageRoot source, ImagePath from, ImagePath to, FileMetadata? metadata, bool isNew, Func<FileMetadata, FileMetadata>? adapt = null)
    {
        var facts = source.Stat(from);
        if (facts.Kind == FileKind.Regular)
        {
            CopyRegular(source, from, to, metadata, isNew, adapt);
            return;
        }

        metadata ??= source.Metadata(from);
        metadata = adapt?.Invoke(metadata) ?? metadata;
        switch (facts.Kind)
        {
            case FileKind.Directory:
                MakeDirectory(to, metadata);
                break;
            case FileKind.Symlink:
                WriteSymlink(to, source.ReadLink(from), metadata);
                break;
            case FileKind.Socket:
                throw UserError.Refused($"cannot copy {source.Show(from)}: it is a socket", "remove it from the layer; a service makes its own");
            default:
                WriteSpecial(to, facts.Kind, facts.SpecialMajor, facts.SpecialMinor, metadata);
                break;
        }
    }

    /// <summary>True when both are regular files with the same bytes.</summary>
    public bool SameContent(ImagePath path, ImageRoot other, ImagePath otherPath)
    {
        using var left = OpenRead(path);
        using var right = other.OpenRead(otherPath);
        if (left.Length != right.Length)
        {
            return false;
        }

        Span<byte> a = new byte[65536], b = new byte[65536];
        while (true)
        {
            var count = left.ReadAtLeast(a, a.Length, false);
            if (count != right.ReadAtLeast(b, b.Length, false) || !a[..count].SequenceEqual(b[..count]))
            {
                return false;
            }

            if (count == 0)
            {
                return true;
            }
        }
    }

    private void CopyRegular(ImageRoot source, ImagePath from, ImagePath to, FileMetadata? metadata, bool isNew, Func<FileMetadata, FileMetadata>? adapt)
    {
        var (shownFrom, shownTo) = (source.Show(from), Show(to));
        var (directory, leaf) = source.Locate(from);
        using var _ = directory;
        using var input = Fd.Open(directory.Number, leaf, Flags.ReadOnly | Flags.NoFollow | Flags.NonBlock, shownFrom);
        var facts = StatOf(input, Bytes.OfRaw(""), Flags.AtEmptyPath, shownFrom);
        metadata ??= new(facts.Permissions, facts.Uid, facts.Gid, facts.MtimeNs, Xattrs.Read(input, shownFrom));
        metadata = adapt?.Invoke(metadata) ?? metadata;
        using var target = BeginReplace(to, isNew);
        using (var output = CreateFor(metadata, target.Directory, target.Temporary, shownTo))
        {
            if (!SharedBlocks.TryClone(input, output))
            {
                CopyData(input, output, facts, shownFrom, shownTo);
            }

            SetMetadataOf(output, metadata, shownTo);
        }

        target.Commit();
    }

    /// <summary>Data extents only (lseek(2) SEEK_DATA, SEEK_HOLE) where it has holes; the size is set at the end so that a hole at the end stays one.</summary>
    private static void CopyData(Fd input, Fd output, FileFacts facts, string shownInput, string shownOutput)
    {
        var size = facts.Size;
        var buffer = new byte[Math.Clamp(size, 512, 1 << 18)];
        if (!facts.IsSparse)
        {
            CopyExtent(input, output, buffer, size, shownInput, shownOutput);
            return;
        }

        for (long at = 0; at < size;)
        {
            var start = Libc.lseek(input.Number, at, Flags.SeekData);
            if (start < 0)
            {
                if (Marshal.GetLastPInvokeError() is Errno.EINVAL)
                {
                    start = at; // a file system without holes
                }
                else
                {
                    break; // ENXIO: only a hole is left
                }
            }

            var end = Libc.lseek(input.Number, start, Flags.SeekHole);
            end = end < 0 ? size : end;
            _ = Libc.lseek(input.Number, start, 0);
            _ = Libc.lseek(output.Number, start, 0);
            CopyExtent(input, output, buffer, end - start, shownInput, shownOutput);
            at = end;
        }

        if (Libc.ftruncate(output.Number, size) != 0)
        {
            throw LinuxException.Last("write", shownOutput);
        }
    }

    private static void CopyExtent(Fd input, Fd output, byte[] buffer, long length, string shownInput, string shownOutput)
    {
        while (length > 0)
        {
            var count = input.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)), shownInput);
            if (count == 0)
            {
                throw new UserError($"cannot copy {shownInput}: it became shorter while it was read", "run again when nothing writes to it");
            }

            output.Write(buffer.AsSpan(0, count), shownOutput);
            length -= count;
        }
    }
}
