using Allie.Blandify.Identities;
using Xunit;

namespace Allie.Tests.Blandify.Leaks;

public class IdentityProbeTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Host_names_are_taken_full_and_short_from_every_place_that_holds_them()
    {
        var identity = IdentityProbe.Collect(new MemoryTree(
            ("etc/hostname", "# name\nPC07.lab.example.org\n"), ("etc/mailname", "mx-3.example.org\n"), ("etc/sysconfig/network", "NETWORKING=yes\nHOSTNAME=old-sl6.example.org\n"),
            ("etc/hosts", "127.0.0.1 localhost\n127.0.1.1\tdeb-12.example.org deb-12\n10.0.0.1 other\n")));

        Assert.Equal(
            ["deb-12", "deb-12.example.org", "mx-3", "mx-3.example.org", "old-sl6", "old-sl6.example.org", "pc07", "pc07.lab.example.org"],
            identity.Traits.Where(t => t.Kind == TraitKind.HostName).Select(t => t.Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("f18", "it has fewer than 4 characters")]
    [InlineData("debian", "it is a common word")]
    [InlineData("2024", "it is a mere number")]
    public void A_name_that_would_be_found_everywhere_is_left_out_and_told(string name, string why)
    {
        var identity = IdentityProbe.Collect(new MemoryTree(("etc/hostname", name + "\n")));

        Assert.Empty(identity.Traits);
        Assert.Equal([$"hostname {name} is not looked for: {why}"], identity.Notes);
    }

    [Fact]
    public void A_bland_tree_has_no_identity_and_nothing_to_say_about_it()
    {
        var identity = IdentityProbe.Collect(new MemoryTree(
            ("etc/hostname", "localhost\n"), ("etc/machine-id", ""), ("etc/fstab", "LABEL=f18 / ext4 defaults 0 1\n#allie:local UUID=5d0c6a7e-1b2f-4c3d-8e9f-a0b1c2d3e4f5 /scratch ext4 defaults 0 2\n"),
            ("etc/hosts", "127.0.0.1 localhost\n"), ("boot/loader/entries/ffffffffffffffffffffffffffffffff-6.14.conf", "options root=LABEL=f18 ro\n")));

        Assert.Equal((0, 0), (identity.Traits.Count, identity.Notes.Count));
    }

    [Fact]
    public void Machine_ids_are_also_in_names_of_the_journal_and_of_boot_entries()
    {
        var identity = IdentityProbe.Collect(new MemoryTree(
            ("etc/machine-id", ""), ($"var/log/journal/{Id}/system.journal", "x"), ("boot/vmlinuz-0-rescue-fedcba9876543210fedcba9876543210", "x"),
            ("boot/loader/entries/00112233445566778899aabbccddeeff-6.14.conf", "x")));

        Assert.Equal(
            ["00112233445566778899aabbccddeeff", Id, "fedcba9876543210fedcba9876543210"], identity.Traits.Select(t => t.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Disks_are_known_by_uuid_short_volume_id_array_and_serial()
    {
        var identity = IdentityProbe.Collect(new MemoryTree(
            ("etc/fstab", "UUID=5D0C6A7E-1b2f-4c3d-8e9f-a0b1c2d3e4f5 / ext4 defaults 0 1\nUUID=7A1B-93FE /boot/efi vfat umask=0077 0 1\n"),
            ("etc/mdadm/mdadm.conf", "ARRAY /dev/md0 UUID=3aaa0122:29827cfa:5331ad66:ca767371\n"),
            ("boot/grub/grub.cfg", "search --no-floppy --fs-uuid --set=root 01D2345678ABCDEF\n"),
            ("etc/lvm/backup/vg", "id = \"h6bV4c-2QeX-x1aM-QDNl-k0lF-Jcbz-vIJ6wS\"\n"),
            ("var/cache/debconf/config.dat", "Name: grub-pc/install_devices\nValue: /dev/disk/by-id/ata-ST1000DM003-1ER162_Z4Y0ABCD-part1\n")));

        Assert.Equal(
            ["01d2345678abcdef", "3aaa0122:29827cfa:5331ad66:ca767371", "5d0c6a7e-1b2f-4c3d-8e9f-a0b1c2d3e4f5", "7a1b-93fe"],
            identity.Traits.Where(t => t.Kind == TraitKind.FileSystem).Select(t => t.Value).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Z4Y0ABCD", "ata-ST1000DM003-1ER162_Z4Y0ABCD", "h6bV4c-2QeX-x1aM-QDNl-k0lF-Jcbz-vIJ6wS"],
            identity.Traits.Where(t => t.Kind == TraitKind.Disk).Select(t => t.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Network_cards_and_fixed_addresses_count_but_not_gateways_servers_and_loopback()
    {
        var identity = IdentityProbe.Collect(new MemoryTree(
            ("etc/udev/rules.d/70-persistent-net.rules", "ATTR{address}==\"00:1B:21:3c:9d:f8\"\n"),
            ("etc/sysconfig/network-scripts/ifcfg-eth0", "IPADDR=10.0.0.7\nGATEWAY=10.0.0.1\nDNS1=10.0.0.2\n"), ("etc/sysconfig/network-scripts/ifcfg-lo", "IPADDR=127.0.0.1\n"),
            ("etc/NetworkManager/system-connections/a.nmconnection", "[ipv4]\naddress1=10.0.0.8/24,10.0.0.1\ndns=10.0.0.2;\n"),
            ("etc/netplan/50.yaml", "      addresses:\n        - 10.0.0.9/24\n      nameservers:\n        addresses:\n        - 10.0.0.2\n      routes:\n        - to: 10.9.0.0/16\n"),
            ("etc/network/interfaces", "iface eth0 inet static\n  address 10.0.0.10\n  gateway 10.0.0.1\n"), ("etc/systemd/network/a.network", "[Network]\nAddress=fd00::7/64\nDNS=fd00::1\n")));

        Assert.Equal(["10.0.0.10", "10.0.0.7", "10.0.0.8", "10.0.0.9", "fd00::7"], identity.Traits.Where(t => t.Kind == TraitKind.Address).Select(t => t.Value).Order(StringComparer.Ordinal));
        Assert.Equal(["00:1b:21:3c:9d:f8"], identity.Traits.Where(t => t.Kind == TraitKind.Mac).Select(t => t.Value));
    }

    [Fact]
    public void What_was_remembered_is_read_again_as_it_was()
    {
        var identity = IdentityProbe.Collect(new MemoryTree(("etc/hostname", "pc07.example.org\n"), ("etc/machine-id", Id + "\n"), ("etc/iscsi/initiatorname.iscsi", "InitiatorName=iqn.1993-08.org.debian:01:abc\n")));

        Assert.Equal(4, identity.Traits.Count);
        Assert.Equal(identity.Traits, Identity.Parse(identity.Format()).Traits);
    }
}
