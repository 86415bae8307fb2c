using Allie.Blandify.Rules.Initramfs;
using Allie.Files;
using Allie.Personalise;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Tests.Personalise;

public sealed class InitramfsItemTests
{
    private const string Mark = "var/lib/allie/initramfs";

    private static readonly MemoryTree Old = new(("etc/machine-id", Pc.Id + "\n"), ("etc/hostname", "pc07\n"), ("etc/crypttab", ""));

    private static MemoryTree Image(string marked, params (string, string)[] more) => new(
        [("usr/sbin/update-initramfs", "mkinitramfs"), ("lib/modules/6/x", ""), (Mark, InitramfsMark.Format([ImagePath.Of(marked)])), ("etc/fstab", "LABEL=f42 / ext4 defaults 0 1\n"), .. more]);

    [Fact]
    public void What_is_marked_is_made_anew_when_all_else_is_done_and_then_the_mark_goes()
    {
        var facts = Pc.Facts(Old, Image("boot/initrd.img-6", ("boot/initrd.img-6", "old"))) with { Label = "f42~2" };

        var last = Pc.Plan(facts).Steps.TakeLast(3).Select(s => $"{s.Action} {s.Target}");

        Assert.Equal(["write /etc/fstab", "build /boot/initrd.img-6", "delete /" + Mark], last);
        var tree = Pc.Done(facts);
        Assert.Equal("update-initramfs -c -t -k 6", tree.Text("boot/initrd.img-6"));
        Assert.Null(tree.Text(Mark));
    }

    [Fact]
    public void One_below_the_placeholder_is_made_where_it_is_then_also_by_a_second_run()
    {
        var (image, now) = ($"boot/{Pc.Placeholder}/6/initrd", $"boot/{Pc.Id}/6/initrd");
        (string, string) dracut = ("usr/bin/dracut", "--no-hostonly ");

        Assert.Equal($"dracut --force --no-hostonly /{now} 6", Pc.Done(Pc.Facts(Old, Image(image, dracut, (image, "old")))).Text(now));
        Assert.Equal(["build /" + now, "delete /" + Mark], Pc.Steps(Pc.Facts(Old, Image(image, dracut, (now, "old"))), "initramfs").Select(s => $"{s.Action} {s.Target}"));
    }

    [Fact]
    public void One_that_is_gone_is_nothing_to_do_and_one_that_cannot_be_made_is_told_each_time()
    {
        Assert.Equal("delete /" + Mark, Assert.Single(Pc.Steps(Pc.Facts(Old, Image("boot/initrd.img-5")), "initramfs").Select(s => $"{s.Action} {s.Target}")));

        var facts = Pc.Facts(Old, Image("boot/initrd.img-7", ("boot/initrd.img-7", "old")));
        Assert.Empty(Pc.Steps(facts, "initramfs"));
        Assert.Contains(Pc.Plan(facts).Notes, n => n.StartsWith("/boot/initrd.img-7 was made for another PC", StringComparison.Ordinal));
    }

    [Fact]
    public void An_overlays_initramfs_stays() =>
        Assert.DoesNotContain(
            Pc.Plan(Pc.Facts(Old, Image("boot/initrd.img-6", ("boot/initrd.img-6", "old"))) with { IsOverlays = p => p.Raw == "boot/initrd.img-6" }).Steps, s => s.Kind == PersonalAction.Build);
}
