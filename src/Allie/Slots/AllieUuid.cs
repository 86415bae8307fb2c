using Allie.Errors;

namespace Allie.Slots;

/// <summary>
/// The form of the UUIDs we give to file systems that we make: version 8 (RFC 9562, free use) with a11 in the twelve bits after the
/// version: xxxxxxxx-xxxx-8a11-xxxx-xxxxxxxxxxxx. So a slot is known to hold a file system of ours without any list.
/// </summary>
public static class AllieUuid
{
    private const string Mark = "8a11";

    /// <param name="random16">Sixteen random bytes.</param>
    public static string Make(ReadOnlySpan<byte> random16)
    {
        var bytes = random16[..16].ToArray();
        (bytes[6], bytes[7]) = (0x8A, 0x11);
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F)); // the variant of RFC 9562
        return new Guid(bytes, bigEndian: true).ToString();
    }

    public static bool IsOurs(string uuid) =>
        Guid.TryParseExact(uuid, "D", out _) && uuid.AsSpan(14, 4).Equals(Mark, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="UserError">Exit 2: no UUID at all.</exception>
    public static string Check(string uuid) =>
        Guid.TryParseExact(uuid, "D", out var parsed)
            ? parsed.ToString()
            : throw UserError.Refused($"'{uuid}' is no UUID", "it has the form 01234567-89ab-8a11-8def-0123456789ab");
}
