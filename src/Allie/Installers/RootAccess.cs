using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>How one gets into the new system. Neither is a secret in clear: a crypt(5) hash, or a public key.</summary>
/// <param name="PasswordHash">crypt(5), "$6$..." or "$y$..."; null: the password is locked.</param>
/// <param name="SshKey">One line as in authorized_keys; null: none.</param>
public sealed partial record RootAccess(string? PasswordHash, string? SshKey)
{
    public static readonly RootAccess Locked = new(null, null);

    /// <summary>A crypt(5) hash, and no password in clear.</summary>
    public static bool IsHash(string text) => Hash().IsMatch(text);

    /// <exception cref="UserError">Exit 2.</exception>
    public static RootAccess Check(string? hash, string? key)
    {
        if (hash is not null && !IsHash(hash))
        {
            throw UserError.Refused("--root-password-hash takes no password in clear", "a hash, from: openssl passwd -6 (or mkpasswd)");
        }

        var line = key?.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && !l.StartsWith('#'));
        return key is not null && (line is null || !Key().IsMatch(line))
            ? throw UserError.Refused("the file of --ssh-key holds no public key", "a .pub file: ssh-ed25519 AAAA... (never the private one)")
            : new(hash, line);
    }

    [GeneratedRegex(@"^\$(1|5|6|y|gy|2[aby])\$[A-Za-z0-9./$=,]+$")]
    private static partial Regex Hash();

    /// <summary>No quote, $, ` or \: it stands in a script and in a preseed value.</summary>
    [GeneratedRegex(@"^(ssh-(ed25519|rsa)|ecdsa-sha2-nistp[0-9]+|sk-[a-z0-9@.-]+) [A-Za-z0-9+/=]+( [A-Za-z0-9@._+ -]*)?$")]
    private static partial Regex Key();
}
