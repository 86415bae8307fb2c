using Allie.Blandify;
using Allie.Blandify.Table;
using Allie.Files;

namespace Allie.Installers.Bootstrap;

/// <summary>What a tree must have to start on a PC and be maintained there, and the package that brings it.</summary>
public static class BootNeeds
{
    private sealed record Need(string What, string[] Patterns, string Debian, string Rpm);

    private static readonly Need[] All =
    [
        new("kernel", ["boot/vmlinu[xz]-*", "boot/vmlinuz", "{usr/,}lib/modules/*/vmlinuz"], "linux-image-amd64 (Ubuntu: linux-image-generic)", "kernel"),
        new("kernel modules", ["{usr/,}lib/modules/*/modules.dep"], "linux-image-amd64 (Ubuntu: linux-image-generic)", "kernel-core"),
        new("initramfs", ["boot/init*", "boot/*/*/initrd"], "initramfs-tools", "dracut, dracut-config-generic"),
        new("init", ["{usr/,}sbin/init", "{usr/,}lib/systemd/systemd"], "systemd-sysv", "systemd"),
        new("network set-up", ["{usr/,}lib/systemd/systemd-networkd", "usr/{s,}bin/NetworkManager", "{usr/,}sbin/ifup", "usr/{s,}bin/{netplan,connmand,dhcpcd}"], "systemd, or ifupdown", "NetworkManager"),
        new("ssh server", ["usr/{s,}bin/sshd"], "openssh-server", "openssh-server"),
        new("rsync", ["{usr/,}bin/rsync"], "rsync", "rsync"),
        new("cron", ["usr/{s,}bin/cron", "usr/{s,}bin/crond"], "cron", "cronie"),
    ];

    /// <summary>One line for each that is missing.</summary>
    public static IReadOnlyList<string> Missing(ITreeView tree, bool withoutKernel)
    {
        var isRpm = IsRpm(tree);
        return [.. All.Skip(withoutKernel ? 3 : 0).Where(n => !Has(tree, n)).Select(n => $"has no {n.What}; the package is: {(isRpm ? n.Rpm : n.Debian)}")];
    }

    /// <summary>apt and dpkg are in it: it can be completed from packages.</summary>
    public static bool IsDebian(ITreeView tree) => tree.Find(ImagePath.Of("usr/bin/apt-get")) is not null && tree.Find(ImagePath.Of("usr/bin/dpkg")) is not null;

    private static bool IsRpm(ITreeView tree) => new[] { "usr/lib/sysimage/rpm", "var/lib/rpm" }.Any(p => tree.Find(ImagePath.Of(p)) is not null);

    private static bool Has(ITreeView tree, Need need) => need.Patterns.Any(p => PathPattern.Parse(p).Match(tree).Any());
}
