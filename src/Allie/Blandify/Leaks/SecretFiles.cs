using System.Text.RegularExpressions;
using Allie.Files;

namespace Allie.Blandify.Leaks;

/// <summary>Files that are secrets by their name, and small files whose text says that they hold one. Evidence names users and keys, never a value.</summary>
public static partial class SecretFiles
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [".bash_history"] = SecretKind.History, [".zsh_history"] = SecretKind.History, [".ash_history"] = SecretKind.History, [".sh_history"] = SecretKind.History,
        [".python_history"] = SecretKind.History, [".mysql_history"] = SecretKind.History, [".psql_history"] = SecretKind.History, [".sqlite_history"] = SecretKind.History,
        [".lesshst"] = SecretKind.History, [".rediscli_history"] = SecretKind.History, [".node_repl_history"] = SecretKind.History, ["fish_history"] = SecretKind.History,
        [".netrc"] = SecretKind.Credentials, [".pgpass"] = SecretKind.Credentials, [".git-credentials"] = SecretKind.Credentials, [".s3cfg"] = SecretKind.Credentials,
        [".boto"] = SecretKind.Credentials, [".vault-token"] = SecretKind.Credentials, ["krb5.keytab"] = SecretKind.Keytab,
    };

    private static readonly (string End, string Kind)[] Ends =
    [
        (".keytab", SecretKind.Keytab), ("/.aws/credentials", SecretKind.Credentials), ("/.docker/config.json", SecretKind.Credentials), ("/.kube/config", SecretKind.Credentials),
        ("/.azure/msal_token_cache.json", SecretKind.Credentials), ("/.azure/accessTokens.json", SecretKind.Credentials), ("/.config/gcloud/credentials.db", SecretKind.Credentials),
        ("/.config/gcloud/application_default_credentials.json", SecretKind.Credentials), ("/.config/rclone/rclone.conf", SecretKind.Credentials),
        ("etc/munge/munge.key", SecretKind.HostSecret), ("etc/rndc.key", SecretKind.HostSecret), ("etc/bind/rndc.key", SecretKind.HostSecret),
        ("etc/ipsec.secrets", SecretKind.NetworkSecret), ("etc/ppp/chap-secrets", SecretKind.NetworkSecret), ("etc/ppp/pap-secrets", SecretKind.NetworkSecret),
        ("var/lib/samba/private/secrets.tdb", SecretKind.HostSecret), ("var/lib/sss/secrets/.secrets.mkey", SecretKind.HostSecret),
        ("var/lib/tailscale/tailscaled.state", SecretKind.HostSecret), ("var/lib/systemd/credential.secret", SecretKind.HostSecret),
    ];

    /// <summary>By its name alone; null when that tells nothing. An empty file is no secret.</summary>
    public static Leak? ByName(ImagePath path)
    {
        var kind = Names.GetValueOrDefault(path.Name) ?? Ends.Where(e => path.Raw.EndsWith(e.End, StringComparison.Ordinal)).Select(e => e.Kind).FirstOrDefault();
        return kind is null || SitePlaces.IsOfPackages(path) ? null : new(path, kind, "by its name", false);
    }

    /// <summary>Whether <see cref="InText"/> has something to ask of this file.</summary>
    public static bool IsTelling(ImagePath path) => Question(path) is not null;

    /// <param name="path">A file of <see cref="IsTelling"/>.</param>
    /// <param name="text">One byte per char.</param>
    public static Leak? InText(ImagePath path, string text)
    {
        var (kind, pattern, what) = Question(path)!.Value;
        var found = pattern.Matches(text).Select(m => m.Groups[1].Value.Trim()).Where(v => v.Length > 0).Distinct().ToList();
        return found.Count == 0 ? null : new(path, kind, $"{what} {RawName.Display(string.Join(", ", found.Take(10)))}{(found.Count > 10 ? $" and {found.Count - 10} more" : "")}", false);
    }

    private static (string Kind, Regex Pattern, string What)? Question(ImagePath path) => path switch
    {
        { Raw: "etc/shadow" or "etc/shadow-" or "etc/gshadow" or "etc/gshadow-" or "etc/passwd" or "etc/passwd-" } => (SecretKind.PasswordHash, Hash(), "of"),
        { Raw: "boot/grub/grub.cfg" or "boot/grub2/grub.cfg" or "boot/grub2/user.cfg" or "etc/grub.d/40_custom" } => (SecretKind.PasswordHash, GrubPassword(), "of GRUB:"),
        _ => path.Parent.Raw switch
        {
            "etc/NetworkManager/system-connections" or "run/NetworkManager/system-connections" => (SecretKind.WifiKey, KeyFile(), "has"),
            "etc/wpa_supplicant" or "var/lib/iwd" => (SecretKind.WifiKey, Supplicant(), "has"),
            "etc/netplan" => (SecretKind.WifiKey, Netplan(), "has"),
            "etc/wireguard" or "etc/systemd/network" => (SecretKind.NetworkSecret, WireGuard(), "has"),
            "etc/sysconfig/network-scripts" when path.Name.StartsWith("keys-", StringComparison.Ordinal) => (SecretKind.WifiKey, Ifcfg(), "has"),
            _ => null,
        },
    };

    /// <summary>crypt(5): $id$..., or 13 signs of the old DES. "!" before it locks the account and the hash is there all the same.</summary>
    [GeneratedRegex(@"^([^:\n]+):!?!?(?:\$[^:\n]+|[./0-9A-Za-z]{13}):", RegexOptions.Multiline)]
    private static partial Regex Hash();

    [GeneratedRegex(@"(grub\.pbkdf2|password --md5)", RegexOptions.Multiline)]
    private static partial Regex GrubPassword();

    [GeneratedRegex(@"^[ \t]*(psk|wep-key[0-3]|leap-password|password|private-key-password|private-key|secret|pin)[ \t]*=[ \t]*[^\s]", RegexOptions.Multiline)]
    private static partial Regex KeyFile();

    [GeneratedRegex(@"^[ \t]*(psk|password|wep_key[0-3]|sae_password|private_key_passwd|PreSharedKey|Passphrase)[ \t]*=[ \t]*[^\s]", RegexOptions.Multiline)]
    private static partial Regex Supplicant();

    [GeneratedRegex(@"^[ \t]*(password|client-key-password)[ \t]*:[ \t]*[^\s]", RegexOptions.Multiline)]
    private static partial Regex Netplan();

    [GeneratedRegex(@"^[ \t]*(PrivateKey|PresharedKey)[ \t]*=[ \t]*[^\s]", RegexOptions.Multiline)]
    private static partial Regex WireGuard();

    [GeneratedRegex(@"^[ \t]*(WPA_PSK|KEY[1-4]?|KEY_PASSPHRASE[1-4])[ \t]*=[ \t]*[^\s]", RegexOptions.Multiline)]
    private static partial Regex Ifcfg();
}
