using System.Text;

namespace Allie.Images.Digests;

/// <summary>Sorted paths in few bytes: how much each shares with the one before, then the rest of it. One byte per char.</summary>
internal static class FrontCoding
{
    internal static void Write(MemoryStream to, string raw, string before)
    {
        var shared = raw.AsSpan().CommonPrefixLength(before);
        Number(to, shared);
        Number(to, raw.Length - shared);
        to.Write(Encoding.Latin1.GetBytes(raw[shared..]));
    }

    /// <param name="from">All the bytes.</param>
    /// <param name="at">Where the path begins; afterwards, where it ends.</param>
    /// <param name="before">The path before it.</param>
    internal static string Read(ReadOnlySpan<byte> from, ref int at, string before)
    {
        var shared = Number(from, ref at);
        var length = Number(from, ref at);
        var raw = string.Concat(before.AsSpan(0, shared), Encoding.Latin1.GetString(from.Slice(at, length)));
        at += length;
        return raw;
    }

    private static void Number(MemoryStream to, int value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            to.WriteByte((byte)(value | 0x80));
        }

        to.WriteByte((byte)value);
    }

    private static int Number(ReadOnlySpan<byte> from, ref int at)
    {
        var (value, shift) = (0, 0);
        while (true)
        {
            var next = from[at++];
            value |= (next & 0x7F) << shift;
            shift += 7;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
