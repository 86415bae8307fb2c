namespace Allie.Blandify.Leaks;

/// <summary>The kinds of secrets, as reports name them.</summary>
public static class SecretKind
{
    public const string PrivateKey = "private-key";
    public const string SshKey = "ssh-private-key";
    public const string TlsKey = "tls-key";
    public const string Keytab = "keytab";
    public const string PasswordHash = "password-hash";
    public const string WifiKey = "wifi-key";
    public const string NetworkSecret = "network-secret";
    public const string History = "history";
    public const string Credentials = "credentials";
    public const string HostSecret = "host-secret";
}
