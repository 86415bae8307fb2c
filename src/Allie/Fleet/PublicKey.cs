using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Fleet;

/// <summary>An ssh public key as it stands in a .pub file (sshd(8), AUTHORIZED_KEYS FILE FORMAT); the comment is dropped, as it proves nothing.</summary>
public sealed partial record PublicKey(string Kind, string Blob)
{
    /// <exception cref="UserError">Exit 2: no key, more than one line, or options before it, which would become options of ours.</exception>
    public static PublicKey Parse(string text)
    {
        var match = Line().Match(text.Trim());
        return match.Success
            ? new(match.Groups["kind"].Value, match.Groups["blob"].Value)
            : throw UserError.Refused("this is no public key: one line 'ssh-ed25519 AAAA...' is wanted", "on the PC: allie enrol prints it");
    }

    public override string ToString() => $"{Kind} {Blob}";

    [GeneratedRegex(@"\A(?<kind>ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) (?<blob>AAAA[A-Za-z0-9+/]{20,4000}={0,2})( [^\r\n]*)?\z")]
    private static partial Regex Line();
}
