using Allie.Blandify;
using Allie.Files;
using Allie.Personalise.Network;

namespace Allie.Installers.Bootstrap;

/// <summary>
/// What a bootstrapped tree gets when nothing in it would bring a network up: systemd-networkd, which Debian installs switched off, with DHCP on wired
/// cards. A PC's own profile takes the place of that when the image is personalised.
/// </summary>
/// <param name="Links">Symbolic links that switch units on.</param>
/// <param name="Files">Settings.</param>
public sealed record NetworkStart(IReadOnlyList<(ImagePath Path, string Target)> Links, IReadOnlyList<(ImagePath Path, string Text, int Permissions)> Files)
{
    private const string Service = "systemd-networkd.service";
    private const string Online = "systemd-networkd-wait-online";

    private static readonly (string Unit, string Link)[] Switches =
    [
        (Service, "multi-user.target.wants/" + Service),
        (Service, "dbus-org.freedesktop.network1.service"),
        ("systemd-networkd.socket", "sockets.target.wants/systemd-networkd.socket"),
        (Online + ".service", $"network-online.target.wants/{Online}.service"),
    ];

    /// <summary>Null: the tree brings its network up by itself, by another program, or has nothing to do it with.</summary>
    public static NetworkStart? For(ITreeView tree)
    {
        var networkd = new Networkd();
        if (!networkd.IsIn(tree) || networkd.IsActive(tree) || TreeLook.IsMasked(tree, Service)
            || NetworkBackEnds.All.Any(b => b is not Networkd && b.IsIn(tree))
            || TreeLook.HasAny(tree, "usr/sbin/connmand", "usr/sbin/dhcpcd", "sbin/dhcpcd", "usr/bin/dhcpcd"))
        {
            return null;
        }

        var systemd = TreeLook.HasAny(tree, "usr/lib/systemd/system/" + Service) ? "usr/lib/systemd" : "lib/systemd";
        return new(
            [.. Switches.Where(s => TreeLook.HasAny(tree, $"{systemd}/system/{s.Unit}")).Select(s => (ImagePath.Of("etc/systemd/system/" + s.Link), $"/{systemd}/system/{s.Unit}"))],
            [
                .. networkd.Write([new() { Origin = "", Dhcp4 = true }]),

                // else a second card without a cable holds up each start by two minutes (systemd-networkd-wait-online.service(8); --any is of version 242)
                (ImagePath.Of($"etc/systemd/system/{Online}.service.d/allie.conf"), $"[Service]\nExecStart=\nExecStart=/{systemd}/{Online} --any\n", 0x1A4),
            ]);
    }
}
