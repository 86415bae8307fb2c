using Allie.Files;
using Allie.Overlays.Layers;

namespace Allie.Overlays.Lint;

/// <summary>The rules about one name of a layer.</summary>
public static class EntryLint
{
    /// <summary>Longer, and other programs' temporary names beside it fail (rsync's is ".NAME.XXXXXX", and some add more).</summary>
    private const int LongestName = 243;

    private const int OthersRead = 4;

    /// <summary>How rpm and dpkg name a new default that they do not put over a changed file.</summary>
    public static readonly IReadOnlyList<string> NewDefaultEnds = [".rpmnew", ".dpkg-dist", ".dpkg-new", ".ucf-dist"];

    /// <summary>The file that a new default is for; null for another name.</summary>
    public static ImagePath? WithoutNewDefaultEnd(ImagePath path) =>
        NewDefaultEnds.FirstOrDefault(e => path.Name.Length > e.Length && path.Name.EndsWith(e, StringComparison.Ordinal)) is { } end ? ImagePath.FromRaw(path.Raw[..^end.Length]) : null;

    private static readonly string[] SecretNames =
        ["shadow", "shadow-", "gshadow", "gshadow-", "krb5.keytab", "id_rsa", "id_ed25519", "id_ecdsa", "id_dsa", ".netrc", ".pgpass", "wpa_supplicant.conf", "opasswd", "secrets.tdb"];

    private static readonly string[] SecretEnds = [".key", ".keytab", ".p12", ".pfx", "_rsa_key", "_ed25519_key", "_ecdsa_key", "_dsa_key", ".nmconnection"];

    /// <param name="entry">The name.</param>
    /// <param name="shown">Where it is on the server, for commands to paste.</param>
    public static IEnumerable<LintFinding> Check(LintEntry entry, string shown)
    {
        LintFinding Found(string rule, string message, string? fix = null, bool error = false, bool note = false) =>
            new(rule, entry.Layer, entry.Path, message, fix, error, note);

        if (entry.Facts.Kind == FileKind.Socket)
        {
            yield return Found("socket", "a socket is never applied", $"rm {shown}");
            yield break;
        }

        if (entry.Path.Name.Length > LongestName)
        {
            yield return Found("long-name", $"the name has {entry.Path.Name.Length} bytes; over {LongestName} many programs cannot replace it");
        }

        if (entry.Facts.IsRegular && Secret(entry) is { } secret)
        {
            yield return Found("secret", secret.Message, secret.Fix(shown), error: true);
        }

        var special = SpecialName.Of(entry.Path.Name);
        if (special.Means is not (SpecialName.Meaning.Plain or SpecialName.Meaning.Template or SpecialName.Meaning.Once) || entry.Facts.IsDirectory)
        {
            yield break;
        }

        if (entry.Meant.Parent != entry.Path.Parent)
        {
            yield return Found("link", $"{entry.Path.Parent} is a link to {entry.Meant.Parent} in image {entry.Image}; name the real path", $"move it to {entry.Layer}{entry.Meant.Parent}");
        }

        if (entry.NewDefault is { } end)
        {
            yield return Found("new-default", $"image {entry.Image} has {entry.Meant}{end}: a package brought a new default; does this file still fit?", $"compare, then remove {entry.Meant}{end} from the image", note: true);
        }

        foreach (var finding in Metadata(entry, shown, Found))
        {
            yield return finding;
        }

        if (entry.IsSame && special.Means == SpecialName.Meaning.Plain)
        {
            yield return Found("redundant", $"the same as the own file of image {entry.Image}", $"rm {shown}", note: true);
        }
    }

    private static IEnumerable<LintFinding> Metadata(LintEntry entry, string shown, Func<string, string, string?, bool, bool, LintFinding> found)
    {
        var (mine, own) = (entry.Facts, entry.Own);
        if (own is { } other && other.Kind == mine.Kind && !mine.IsSymlink && other.Permissions != mine.Permissions)
        {
            yield return found("metadata", $"mode {Octal(mine)}, but {Octal(other)} in image {entry.Image}", $"chmod {Octal(other)} {shown}", false, false);
        }

        if (own is { } its && its.Kind == mine.Kind && (its.Uid, its.Gid) != (mine.Uid, mine.Gid))
        {
            yield return found("metadata", $"owner {mine.Uid}:{mine.Gid}, but {its.Uid}:{its.Gid} in image {entry.Image}", $"chown -h {its.Uid}:{its.Gid} {shown}", false, false);
        }
        else if (entry.KnownUsers is { } users && !users.Contains(mine.Uid))
        {
            yield return found("unknown-owner", $"owner {mine.Uid} is no user of image {entry.Image}", $"chown -h 0:0 {shown}", false, false);
        }
    }

    private static (string Message, Func<string, string?> Fix)? Secret(LintEntry entry)
    {
        var target = SpecialName.Of(entry.Path.Name).Target;
        if (!entry.IsPrivateKey && !SecretNames.Contains(target) && !SecretEnds.Any(e => target.EndsWith(e, StringComparison.Ordinal)))
        {
            return null;
        }

        var isOpen = (entry.Facts.Permissions & OthersRead) != 0;
        return entry.Layer.StartsWith("host/", StringComparison.Ordinal)
            ? isOpen ? ("looks like a secret, and every user of the PC may read it", shown => $"chmod 600 {shown}") : null
            : ($"looks like a secret{(isOpen ? ", readable by everybody," : "")} in a layer that every PC may fetch", _ => "move it to host/NAME/all, with mode 600");
    }

    private static string Octal(FileFacts facts) => Convert.ToString(facts.Permissions, 8);
}
