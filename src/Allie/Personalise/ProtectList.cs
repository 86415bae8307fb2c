namespace Allie.Personalise;

/// <summary>
/// What a refresh of a personalised slot must leave alone: rsync's exclude rules, which hide a path from the transfer and from --delete
/// (rsync(1), FILTER RULES). Without them the PC would lose its name and its keys to the image's empty ones.
/// </summary>
public static class ProtectList
{
    public static IReadOnlyList<string> Rules { get; } =
    [
        .. new[]
        {
            "/etc/fstab", "/etc/crypttab", "/etc/hostname", "/etc/HOSTNAME", "/etc/mailname", "/etc/hosts", "/etc/machine-id", "/etc/machine-info",
            "/etc/adjtime", "/etc/krb5.keytab", "/etc/mtab", "/etc/hostid", "/etc/ssh/ssh_host_*", "/etc/dropbear/dropbear_*_host_key",
            "/etc/sysconfig/network", "/etc/sysconfig/network-scripts/ifcfg-*", "/etc/NetworkManager/system-connections/", "/etc/netplan/",
            "/etc/systemd/network/", "/etc/network/interfaces", "/etc/network/interfaces.d/", "/etc/wpa_supplicant/*.conf",
            "/etc/iscsi/initiatorname.iscsi", "/etc/nvme/host*", "/etc/lvm/devices/", "/etc/kernel/cmdline", "/etc/kernel/entry-token",
            "/boot/grub*/grub.cfg", "/boot/grub*/grubenv", "/boot/loader/entries/", "/boot/initramfs*.img", "/boot/initrd*", "/boot/*0-rescue*",
            "/etc/udev/rules.d/70-persistent-*", "/etc/allie.toml", "/etc/allie/", "/etc/puppet/ssl/", "/etc/puppetlabs/puppet/ssl/", "/etc/salt/pki/minion/",
            "/etc/salt/minion_id", "/etc/pki/consumer/", "/etc/grid-security/host*.pem", "/var/cfengine/ppkeys/", "/var/lib/allie/", "/var/log/",
            "/var/lib/systemd/random-seed", "/var/lib/dbus/machine-id", "/var/lib/NetworkManager/", "/var/lib/dhclient/", "/var/lib/dhcp/", "/var/lib/sss/",
            "/var/lib/bluetooth/", "/var/lib/nfs/", "/var/lib/chrony/", "/var/lib/ntp/", "/var/lib/alsa/", "/var/lib/samba/private/", "/var/lib/tailscale/",
            "/var/spool/", "/var/mail/", "/var/cache/", "/var/tmp/", "/tmp/", "/root/.ssh/known_hosts", "/root/.*_history",
        }.Select(path => "- " + path),
    ];
}
