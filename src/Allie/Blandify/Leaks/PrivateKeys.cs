using Allie.Files;

namespace Allie.Blandify.Leaks;

/// <summary>Private keys, found by the line they begin with and told apart from programs and manuals that only speak of it.</summary>
public static class PrivateKeys
{
    /// <summary>Bytes that <see cref="IsOne"/> wants to see before and behind the find.</summary>
    public const int Context = 120;

    public static readonly Term[] Signs =
    [
        new("private-key", "PRIVATE KEY-----") { Shown = "a private key", IsIdentity = false, OnlySiteFiles = true },
        new("private-key", "PuTTY-User-Key-File-") { Shown = "a private key of PuTTY", IsIdentity = false, OnlySiteFiles = true },
    ];

    /// <summary>"-----BEGIN" before it on its line, and behind it a line of a key: base64, or the header of an encrypted one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> before, ReadOnlySpan<byte> sign, ReadOnlySpan<byte> after)
    {
        var line = before[(before.LastIndexOfAny((byte)'\n', (byte)0) + 1)..]; // in an archive a file begins behind zeros
        if (sign[0] == (byte)'P' && sign[1] == (byte)'u')
        {
            return line.IsEmpty;
        }

        after = after.TrimStart("\r"u8);
        if (!line.StartsWith("-----BEGIN "u8) || after.IsEmpty || after[0] != (byte)'\n')
        {
            return false;
        }

        var next = after[1..];
        next = next[..(next.IndexOf((byte)'\n') is var end and >= 0 ? end : next.Length)];
        return next.StartsWith("Proc-Type:"u8) || next.StartsWith("Comment:"u8) || (next.Length >= 40 && next.IndexOfAnyExcept(Base64) < 0);
    }

    /// <summary>What kind of key lies at a place.</summary>
    public static string KindAt(ImagePath path) =>
        path.Raw.Contains("/.ssh/", StringComparison.Ordinal) || path.IsAtOrBelow(ImagePath.FromRaw("etc/ssh")) ? SecretKind.SshKey
        : new[] { "etc/ssl", "etc/pki", "etc/letsencrypt", "etc/apache2", "etc/httpd", "etc/nginx", "etc/ldap", "etc/openldap", "etc/postfix", "etc/dovecot", "etc/cups" }
            .Any(d => path.IsAtOrBelow(ImagePath.FromRaw(d))) ? SecretKind.TlsKey
        : SecretKind.PrivateKey;

    private static readonly System.Buffers.SearchValues<byte> Base64 =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r"u8);
}
