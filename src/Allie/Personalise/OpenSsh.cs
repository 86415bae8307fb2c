using System.Text.RegularExpressions;
using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise;

/// <summary>What an image's sshd can read. The program tells its version: package databases have many forms, and SL 6's is no text.</summary>
internal static partial class OpenSsh
{
    private const string OwnFormat = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static readonly ImagePath Daemon = ImagePath.Of("usr/sbin/sshd");

    /// <summary>The first that reads OpenSSH's own form of private keys, and ed25519 (its release notes, January 2014).</summary>
    private static readonly Version OwnFormatSince = new(6, 5);

    private static readonly Version EcdsaSince = new(5, 7);

    /// <summary>Null: the image has no sshd, or one that does not tell.</summary>
    internal static Version? VersionOf(ITreeView image) =>
        image.Text(Daemon) is not { } program ? null
            : Own().Matches(program).Select(m => new Version(int.Parse(m.Groups[1].ValueSpan), int.Parse(m.Groups[2].ValueSpan))).Max();

    internal static bool HasDaemon(ITreeView image) => image.Find(Daemon) is { IsRegular: true };

    /// <param name="version">Null: not known, taken for one that reads all.</param>
    internal static bool ReadsOwnFormat(Version? version) => version is null || version >= OwnFormatSince;

    /// <param name="version">Null: not known, taken for one that knows all.</param>
    /// <param name="type">"rsa", "ecdsa", "ed25519", ...</param>
    internal static bool Knows(Version? version, string type) => version is null || type switch
    {
        "ed25519" => version >= OwnFormatSince,
        "ecdsa" => version >= EcdsaSince,
        _ => true,
    };

    internal static bool IsOwnFormat(string? key) => key?.StartsWith(OwnFormat, StringComparison.Ordinal) == true;

    // Others without the p stand in the program too: those of peers with known faults.
    [GeneratedRegex(@"OpenSSH_(\d{1,3})\.(\d{1,3})(?:\.\d+)?p\d")]
    private static partial Regex Own();
}
