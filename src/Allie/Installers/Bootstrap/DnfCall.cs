using Allie.Errors;

namespace Allie.Installers.Bootstrap;

/// <summary>The call of dnf(8) that makes a tree: --installroot, from repositories that are named or from this machine's own.</summary>
public static class DnfCall
{
    public static readonly IReadOnlyList<string> Packages =
    [
        "kernel", "dracut-config-generic", "systemd", "systemd-udev", "dbus", "passwd", "util-linux", "e2fsprogs", "iproute", "procps-ng", "kmod",
        "NetworkManager", "openssh-server", "rsync", "cronie", "dnf",
    ];

    /// <exception cref="UserError">Exit 2: packages from elsewhere that nothing proves.</exception>
    public static IReadOnlyList<string> Arguments(BootstrapRequest request, string target)
    {
        var release = InstallerRelease.Parse(request.Suite);
        if (request.RpmKey is null && request.Sources.FirstOrDefault(s => !s.StartsWith("file:", StringComparison.Ordinal)) is { } open)
        {
            throw UserError.Refused($"nothing would prove the packages of {open}", "name the key they are signed with: --gpg-key FILE|URL");
        }

        return
        [
            "--installroot=" + target, "--releasever=" + release.Number, "--setopt=install_weak_deps=False", "--setopt=tsflags=nodocs", "-y",
            .. request.Sources.SelectMany((s, i) => (string[])[$"--repofrompath=allie{i},{s}", $"--repo=allie{i}", .. Key(request, i)]),
            "install", .. request.Packages,
        ];
    }

    /// <summary>Only the lists of packages are fetched; what would be installed is told, and "no" answered.</summary>
    public static IReadOnlyList<string> Simulation(BootstrapRequest request, string target) => ["--assumeno", .. Arguments(request, target).Where(a => a != "-y")];

    /// <summary>How it ends then, with exit code 1.</summary>
    public static bool IsEndOfSimulation(string line) => line.StartsWith("Operation aborted", StringComparison.Ordinal);

    private static string[] Key(BootstrapRequest request, int number) => request.RpmKey is { } key
        ? [$"--setopt=allie{number}.gpgcheck=1", $"--setopt=allie{number}.gpgkey={(key.Contains("://") ? key : "file://" + key)}"]
        : [$"--setopt=allie{number}.gpgcheck=0"];
}
