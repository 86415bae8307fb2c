using System.Text;

namespace Allie.Blandify.Rules.Initramfs;

/// <summary>
/// A cpio archive of kind newc, as it streams by (Linux Documentation/driver-api/early-userspace/buffer-format.rst): header of 110 ASCII bytes,
/// name and content padded to 4 bytes. Several may follow each other with zeros between. Made by others: every length is checked.
/// </summary>
public static class NewcArchive
{
    private const int HeaderSize = 110;
    private const int LongestName = 4096;
    private const long MostText = 1 << 20;
    private const int MostEntries = 500_000;

    /// <summary>Reads archives until what comes is none; adds their entries.</summary>
    /// <param name="stream">Positioned at an archive or at padding; each byte counts from here.</param>
    /// <param name="position">Offset of the stream's first byte, for the padding.</param>
    /// <param name="entries">Path without leading "./" or "/" to wanted text.</param>
    /// <returns>The bytes that are no archive any more (at most 6), empty at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">A header makes no sense, or the stream ends inside an entry.</exception>
    public static byte[] Read(Stream stream, ref long position, IDictionary<string, string?> entries)
    {
        while (true)
        {
            var magic = Magic(stream, ref position);
            if (!magic.AsSpan().SequenceEqual("070701"u8) && !magic.AsSpan().SequenceEqual("070702"u8))
            {
                return magic;
            }

            var header = Take(stream, HeaderSize - 6, ref position);
            var size = Number(header, 6);
            var nameSize = Number(header, 11);
            if (nameSize is < 1 or > LongestName)
            {
                throw new InvalidDataException($"a name of {nameSize} bytes");
            }

            var name = Encoding.Latin1.GetString(Take(stream, (int)nameSize, ref position)).TrimEnd('\0');
            Pad(stream, ref position);
            if (name == "TRAILER!!!")
            {
                Skip(stream, size, ref position);
                continue;
            }

            if (entries.Count >= MostEntries)
            {
                throw new InvalidDataException($"more than {MostEntries} entries");
            }

            name = name.TrimStart('.').TrimStart('/');
            if (InitramfsContents.IsWanted(name) && size <= MostText)
            {
                entries[name] = Encoding.Latin1.GetString(Take(stream, (int)size, ref position));
            }
            else
            {
                entries[name] = null;
                Skip(stream, size, ref position);
            }

            Pad(stream, ref position);
        }
    }

    /// <summary>The first six bytes after zeros; fewer at the end.</summary>
    private static byte[] Magic(Stream stream, ref long position)
    {
        int first;
        while ((first = stream.ReadByte()) == 0)
        {
            position++;
        }

        if (first < 0)
        {
            return [];
        }

        var magic = new byte[6];
        magic[0] = (byte)first;
        var more = stream.ReadAtLeast(magic.AsSpan(1), 5, throwOnEndOfStream: false);
        position += 1 + more;
        return magic[..(1 + more)];
    }

    private static byte[] Take(Stream stream, int count, ref long position)
    {
        var bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
        {
            throw new InvalidDataException("it ends too early");
        }

        position += count;
        return bytes;
    }

    private static void Skip(Stream stream, long count, ref long position)
    {
        var buffer = new byte[81920];
        for (var left = count; left > 0;)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0)
            {
                throw new InvalidDataException("it ends too early");
            }

            left -= read;
        }

        position += count;
    }

    private static void Pad(Stream stream, ref long position) => Skip(stream, -position & 3, ref position);

    /// <summary>The n-th field of 8 hex digits.</summary>
    private static long Number(ReadOnlySpan<byte> header, int field) =>
        long.TryParse(header.Slice(field * 8, 8), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var number)
            ? number : throw new InvalidDataException("a field is no number");
}
