namespace Allie.Linux.Native;

/// <summary>Random bytes of the kernel. Not System.Security.Cryptography: that loads libssl at run time.</summary>
public static class RandomBytes
{
    public static unsafe byte[] Read(int count)
    {
        var random = new byte[count];
        fixed (byte* start = random)
        {
            // getrandom(2), Linux 3.17: one call where a file takes eight. It gives up to 256 bytes at once, or nothing.
            if (Libc.syscall(Flags.SysGetRandom, (nint)start, (void*)count, null, 0) == count)
            {
                return random;
            }
        }

        return ReadDevice(count);
    }

    private static byte[] ReadDevice(int count)
    {
        using var source = File.OpenHandle("/dev/urandom");
        var bytes = new byte[count];
        using var stream = new FileStream(source, FileAccess.Read, 0);
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A one-time secret that a person can type: 4 groups of 4 letters and digits, 80 bits.</summary>
    public static string Secret()
    {
        const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789"; // 32 signs, none mistaken for another
        var signs = Read(16).Select(b => Alphabet[b & 31]).ToArray();
        return string.Join('-', signs.Chunk(4).Select(c => new string(c)));
    }
}
