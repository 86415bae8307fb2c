using Allie.Personalise;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Tests.Personalise;

public sealed class BootNamesTests
{
    private static readonly string F = Pc.Placeholder;

    [Fact]
    public void Entries_and_rescue_kernels_get_the_pcs_id()
    {
        var tree = Pc.Done(Pc.Facts(Old(), new(
            Pc.Systemd, ("etc/fstab", "LABEL=f42 / ext4 defaults 1 1\n"),
            ($"boot/loader/entries/{F}-6.14.conf", $"linux /boot/vmlinuz-6.14\noptions root=LABEL=f42 ro $tuned_params\nmachine-id {F}\n"),
            ($"boot/loader/entries/{F}-0-rescue.conf", $"linux /boot/vmlinuz-0-rescue-{F}\n"),
            ($"boot/vmlinuz-0-rescue-{F}", "kernel"), ($"boot/initramfs-0-rescue-{F}.img", "initrd"),
            ($"boot/{F}/6.14/linux", "kernel"), ("boot/vmlinuz-6.14", "kernel"))));

        Assert.Equal($"linux /boot/vmlinuz-6.14\noptions root=LABEL=f42 ro $tuned_params\nmachine-id {Pc.Id}\n", tree.Text($"boot/loader/entries/{Pc.Id}-6.14.conf"));
        Assert.Equal($"linux /boot/vmlinuz-0-rescue-{Pc.Id}\n", tree.Text($"boot/loader/entries/{Pc.Id}-0-rescue.conf"));
        Assert.Equal("kernel", tree.Text($"boot/{Pc.Id}/6.14/linux"));
        Assert.Equal("initrd", tree.Text($"boot/initramfs-0-rescue-{Pc.Id}.img"));
        Assert.DoesNotContain(tree.Paths, p => p.Contains(F, StringComparison.Ordinal));
    }

    [Fact]
    public void Another_label_goes_into_what_kernel_updates_inside_the_image_read()
    {
        var env = ("# GRUB Environment Block\nsaved_entry=" + F + "-6.14\nkernelopts=root=LABEL=f42 ro\n").PadRight(1024, '#');
        var tree = Pc.Done(Pc.Facts(Old(), new(
            Pc.Systemd, ("etc/fstab", "LABEL=f42 / ext4 defaults 1 1\n"), ("etc/kernel/cmdline", "root=LABEL=f42 ro quiet"),
            ("etc/default/grub", "GRUB_DEVICE=\"LABEL=f42\"\nGRUB_CMDLINE_LINUX=\"root=LABEL=f42 x=LABEL=f42\"\n# f42\n"),
            ("boot/grub2/grub.cfg", "search --no-floppy --label --set=root f42\nlinux /boot/vmlinuz root=LABEL=f42 ro\nlinux /x root=LABEL=f420\n"),
            ("boot/grub2/grubenv", env))) with { Label = "f42~2" });

        Assert.Equal("root=LABEL=f42~2 ro quiet", tree.Text("etc/kernel/cmdline"));
        Assert.Equal("GRUB_DEVICE=\"LABEL=f42~2\"\nGRUB_CMDLINE_LINUX=\"root=LABEL=f42~2 x=LABEL=f42\"\n# f42\n", tree.Text("etc/default/grub"));
        Assert.Equal("search --no-floppy --label --set=root f42~2\nlinux /boot/vmlinuz root=LABEL=f42~2 ro\nlinux /x root=LABEL=f420\n", tree.Text("boot/grub2/grub.cfg"));
        var after = tree.Text("boot/grub2/grubenv")!;
        Assert.Equal(1024, after.Length);
        Assert.StartsWith($"# GRUB Environment Block\nsaved_entry={Pc.Id}-6.14\nkernelopts=root=LABEL=f42~2 ro\n#", after, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_killed_between_writing_and_deleting_is_ended_by_the_next()
    {
        var facts = Pc.Facts(Old(), new(Pc.Systemd, ($"boot/loader/entries/{F}-6.conf", $"machine-id {F}\n"), ($"boot/loader/entries/{Pc.Id}-6.conf", $"machine-id {Pc.Id}\n")));

        var step = Assert.Single(Pc.Steps(facts, "boot-names"));

        Assert.Equal((PersonalAction.Delete, $"/boot/loader/entries/{F}-6.conf"), (step.Kind, step.Target));
    }

    private static MemoryTree Old() => new(("etc/machine-id", Pc.Id + "\n"));
}
