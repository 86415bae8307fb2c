using Allie.Blandify.Identities;

namespace Allie.Blandify.Leaks;

/// <summary>What a person can do about a leak.</summary>
internal static class LeakAdvice
{
    private const string OwnRule = "a rule of your own in /etc/allie/blandify.d";

    private static readonly (string Below, string Advice)[] Places =
    [
        ("boot/init", "the initramfs is one machine's own: --initramfs rebuild has prep make it anew on each PC, or make it anew in allie image edit, as rule initramfs-audit says"),
        ("var/log/", "rule logs empties it"),
        ("var/cache/", "empty the cache, or " + OwnRule),
        ("var/lib/NetworkManager/", "rule nm-state removes it"),
        ("var/lib/dhc", "rule dhcp-client removes it"),
        ("var/spool/", "is this data of the one machine? remove it"),
        ("etc/NetworkManager/", "rule nm-conn rewrites profiles"),
        ("root/", "a file of the administrator: remove it from the image, or accept it"),
        ("home/", "a user's file: does it belong into an image?"),
    ];

    internal static string For(Leak leak) => leak.IsIdentity ? Identity(leak) : Secret(leak.Kind);

    private static string Identity(Leak leak) =>
        Places.Where(p => leak.Path.Raw.StartsWith(p.Below, StringComparison.Ordinal)).Select(p => p.Advice).FirstOrDefault() ?? leak.Kind switch
        {
            TraitKind.HostKey => "a copy of its host key: remove it",
            TraitKind.FileSystem or TraitKind.Disk => $"name file systems by LABEL= there, or {OwnRule}",
            _ => $"{OwnRule}, or edit the file",
        };

    private static string Secret(string kind) => kind switch
    {
        SecretKind.PasswordHash => "meant for every PC? an overlay can bring etc/shadow instead",
        SecretKind.TlsKey or SecretKind.HostSecret => "one machine's own? then move it to overlays/host/PC",
        SecretKind.History => "remove it: rule histories",
        _ => "who can fetch the image can read it: remove it, or move it to overlays/host/PC",
    };
}
