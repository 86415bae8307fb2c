using Allie.Blandify;
using Allie.Errors;
using Allie.Files;
using Allie.Overlays.Layers;

namespace Allie.Personalise.Items;

/// <summary>Files of /etc/allie/carry.d: one path per line, "!path" takes one out, '#' begins a comment.</summary>
public sealed record CarryList(IReadOnlyList<ImagePath> Wanted, IReadOnlyList<ImagePath> Unwanted)
{
    private static readonly ImagePath Directory = ImagePath.Of("etc/allie/carry.d");

    /// <summary>
    /// What belongs to a PC and not to an image, besides what has an item of its own. A path is carried where the image has its directory:
    /// no puppet keys to an image without puppet.
    /// </summary>
    public static IReadOnlyList<ImagePath> Usual { get; } =
    [
        .. new[]
        {
            "etc/krb5.keytab", "etc/adjtime", "etc/machine-info", "etc/hostid", "var/lib/samba/private/secrets.tdb",
            "etc/iscsi/initiatorname.iscsi", "etc/nvme/hostnqn", "etc/nvme/hostid", "etc/lvm/devices/system.devices",
            "etc/dropbear/dropbear_rsa_host_key", "etc/dropbear/dropbear_ecdsa_host_key", "etc/dropbear/dropbear_ed25519_host_key",
            "etc/grid-security/hostcert.pem", "etc/grid-security/hostkey.pem", "etc/pki/consumer",
            "etc/puppet/ssl", "etc/puppetlabs/puppet/ssl", "etc/salt/pki/minion", "etc/salt/minion_id", "var/cfengine/ppkeys",
            "etc/ipa/default.conf", "etc/ipa/nssdb", "var/lib/ipa-client/sysrestore", "var/lib/ipa-client/pki",
            "var/lib/tailscale/tailscaled.state", "var/lib/zerotier-one/identity.public", "var/lib/zerotier-one/identity.secret",
        }.Select(ImagePath.Of),
    ];

    internal static IEnumerable<ImagePath> Files(ITreeView tree) =>
        tree.Names(Directory).Where(n => n.EndsWith(".list", StringComparison.Ordinal)).Select(Directory.Join).Where(p => tree.Find(p) is { IsRegular: true });

    /// <summary>The lists of all these trees together.</summary>
    /// <exception cref="UserError">Exit 2: a line that is no absolute path.</exception>
    internal static CarryList Of(IEnumerable<ITreeView> trees)
    {
        var lines = trees.SelectMany(t => Files(t).SelectMany(f => Lines(t, f))).ToList();
        return new([.. lines.Where(l => !l.Out).Select(l => l.Path).Distinct()], [.. lines.Where(l => l.Out).Select(l => l.Path)]);
    }

    private static IEnumerable<(ImagePath Path, bool Out)> Lines(ITreeView tree, ImagePath file)
    {
        foreach (var line in (tree.Text(file) ?? "").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var without = line[0] == '!';
            var path = without ? line[1..].TrimStart() : line;
            yield return path.StartsWith('/') && path.Trim('/').Length > 0
                ? (ImagePath.FromRaw(path), without)
                : throw UserError.Refused($"cannot use '{RawName.Display(line)}' in {file}", "each line is an absolute path, or '!' and one");
        }
    }
}
