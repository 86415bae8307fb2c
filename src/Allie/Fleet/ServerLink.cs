using Allie.Config;
using Allie.Errors;

namespace Allie.Fleet;

/// <summary>How a PC names the server and its modules: over ssh the key says who it is, by rsyncd its name in the module's.</summary>
/// <param name="settings">Of this PC.</param>
/// <param name="hasSecret">It logs in to rsyncd with a secret of its own.</param>
public sealed class ServerLink(PcSettings settings, bool hasSecret)
{
    /// <summary>Our name for the server in ssh's own files: pinned is the key, not the address.</summary>
    public const string HostAlias = "allie-server";

    /// <exception cref="UserError">Exit 2: the settings name no server.</exception>
    public string Url(string module) => $"{Server}{module}/";

    /// <summary>Its daemon.</summary>
    /// <exception cref="UserError">Exit 2: the settings name no server.</exception>
    public string Server => settings.ServerAddress.Length > 0
        ? $"rsync://{(hasSecret && !settings.IsSsh ? PcName + "@" : "")}{(settings.ServerAddress.Contains(':') ? $"[{settings.ServerAddress}]" : settings.ServerAddress)}/"
        : throw UserError.Refused("this PC has no server", "set [server] address in /etc/allie.toml");

    /// <summary>The PC's own layers come with the module; else they come with none.</summary>
    public bool ShowsOwnLayers(HostEntry? host) => host is not null && (settings.IsSsh || hasSecret || host.Address is not null);

    public string OverlayModule(HostEntry? host, bool own) => settings.IsSsh ? PcModules.Overlays
        : hasSecret || own ? "pc-" + (host?.Name ?? PcName)
        : PcModules.Overlays;

    public string ReportModule(HostEntry? host) => settings.IsSsh ? PcModules.Report : "report-" + (host?.Name ?? PcName);

    private string PcName => settings.PcName is { Length: > 0 } name ? name : Environment.MachineName;

    /// <summary>ssh_config(5) for the one server: its key is pinned, only our key is shown, and one connection serves all calls of a run.</summary>
    /// <param name="settings">Of this PC.</param>
    /// <param name="knownHosts">File with <see cref="KnownHosts"/>.</param>
    /// <param name="controlPath">Socket of the shared connection; null shares none.</param>
    /// <exception cref="UserError">Exit 2: a path that ssh would read otherwise.</exception>
    public static string SshConfig(PcSettings settings, string knownHosts, string? controlPath) =>
        $"""
        Host *
        HostKeyAlias {HostAlias}
        User root
        Port {settings.ServerPort}
        IdentityFile {Plain(settings.KeyFile)}
        IdentitiesOnly yes
        IdentityAgent none
        UserKnownHostsFile {Plain(knownHosts)}
        GlobalKnownHostsFile /dev/null
        StrictHostKeyChecking yes
        UpdateHostKeys no
        CheckHostIP no
        VerifyHostKeyDNS no
        BatchMode yes
        PreferredAuthentications publickey
        ClearAllForwardings yes
        ConnectTimeout 30
        ServerAliveInterval 15
        ServerAliveCountMax 3
        LogLevel ERROR
        {(controlPath is null ? "ControlMaster no" : $"ControlMaster auto\nControlPath {Plain(controlPath)}\nControlPersist 60")}

        """;

    /// <summary>known_hosts (sshd(8)) with the pinned keys alone.</summary>
    /// <exception cref="UserError">Exit 2: no key, or one that is none: without it anybody could be the server.</exception>
    public static string KnownHosts(PcSettings settings) => settings.HostKeys.Count > 0
        ? string.Concat(settings.HostKeys.Select(k => $"{HostAlias} {PublicKey.Parse(k)}\n"))
        : throw UserError.Refused("transport ssh needs the server's host key", "in /etc/allie.toml: [server] host-keys = [\"ssh-ed25519 AAAA...\"]; on the server: cat /etc/ssh/ssh_host_ed25519_key.pub");

    private static string Plain(string path) => path.Any(c => c is '"' or ' ' or '%' or '\\' or '$' || char.IsControl(c)) || path.Length == 0
        ? throw UserError.Refused($"'{path}' cannot stand in ssh's configuration", "choose a path without blanks, quotes, % $ \\ and control characters")
        : $"\"{path}\"";
}
