using System.Text.RegularExpressions;
using Allie.Files;

namespace Allie.Blandify.Identities;

/// <summary>
/// A piece of each SSH host key: of the public one as known_hosts and certificates quote it, and of the private one as a copy would have it. Fingerprints are not
/// computed: that needs a cryptographic hash (docs/design/static-binary.md).
/// </summary>
internal static partial class HostKeys
{
    private const int Piece = 40; // signs of base64: 240 bits
    private static readonly ImagePath Directory = ImagePath.Of("etc/ssh");

    internal static IEnumerable<Trait> In(ITreeView tree) =>
        tree.Names(Directory).Where(n => Key().IsMatch(n))
            .SelectMany(n => IdentityProbe.Text(tree, Directory.Join(n)) is not { } text ? [] : n.EndsWith(".pub", StringComparison.Ordinal) ? Public(text) : Private(text))
            .Select(p => new Trait(TraitKind.HostKey, p));

    /// <summary>Its end: the beginning is the same for every key of a kind.</summary>
    private static IEnumerable<string> Public(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, { Length: > Piece + 20 } blob, ..] && Base64().IsMatch(blob.Trim()) ? [blob.Trim().TrimEnd('=')[^Piece..]] : [];

    /// <summary>Of its second line: the first is the same for every key of a kind, and nothing of the last ones is to be kept anywhere.</summary>
    private static IEnumerable<string> Private(string text) =>
        text.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => Base64().IsMatch(l)).ElementAtOrDefault(1) is { Length: >= Piece } line ? [line[..Piece]] : [];

    [GeneratedRegex(@"^ssh_host_(?:[a-z0-9-]+_)?key(?:\.pub)?\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[A-Za-z0-9+/]{20,}={0,2}\z")]
    private static partial Regex Base64();
}
