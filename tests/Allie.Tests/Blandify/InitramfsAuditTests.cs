using Allie.Blandify;
using Allie.Blandify.Rules.Initramfs;
using Allie.Files;
using Xunit;

namespace Allie.Tests.Blandify;

public class InitramfsAuditTests
{
    [Theory]
    [InlineData("etc/cmdline.d/95root-dev.conf", "root=UUID=x\n", "root=UUID=x")]
    [InlineData("var/lib/dracut/hooks/initqueue/finished/devexists-x.sh", null, "waits for a disk")]
    [InlineData("etc/systemd/system/dev-disk-by\\x2duuid-x.device.d/timeout.conf", null, "waits for a disk")]
    [InlineData("usr/lib/dracut/hostonly-files", "x", "hostonly-files")]
    [InlineData("usr/lib/dracut/build-parameter.txt", "'--force' '--hostonly'\n", "--hostonly")]
    [InlineData("conf/conf.d/resume", "RESUME=UUID=x\n", "RESUME=UUID=x")]
    [InlineData("conf/initramfs.conf", "MODULES=dep\n", "MODULES=dep")]
    [InlineData("cryptroot/crypttab", "luks UUID=x none\n", "encrypted disk")]
    [InlineData("lib/modules/6/kernel/drivers/ata/ahci.ko.xz", null, "lacks drivers")]
    public void What_shows_one_PC_is_found(string path, string? text, string told) =>
        Assert.Contains(told, Assert.Single(InitramfsAudit.Reasons(new(new Dictionary<string, string?> { [path] = text }))));

    [Theory]
    [InlineData("etc/cmdline.d/00-quiet.conf", "quiet\n")]
    [InlineData("conf/conf.d/resume", "RESUME=none\n")]
    [InlineData("conf/initramfs.conf", "# MODULES=dep\nMODULES=most\n")]
    [InlineData("usr/lib/dracut/build-parameter.txt", "--no-hostonly\n")]
    [InlineData("etc/fstab", null)]
    public void What_any_PC_can_have_is_not(string path, string? text) =>
        Assert.Empty(InitramfsAudit.Reasons(new(new Dictionary<string, string?> { [path] = text })));

    [Theory]
    [InlineData(InitramfsCure.Warn, "usr/bin/dracut", "", "--no-hostonly")]
    [InlineData(InitramfsCure.Rebuild, "usr/bin/dracut", "", "dracut --no-hostonly")]
    [InlineData(InitramfsCure.Generic, "usr/bin/dracut", "etc/dracut.conf.d/50-allie.conf", "dracut --force")]
    [InlineData(InitramfsCure.Warn, "etc/initramfs-tools/modules", "", "update-initramfs")]
    [InlineData(InitramfsCure.Rebuild, "etc/initramfs-tools/modules", "etc/initramfs-tools/conf.d/zz-allie", "update-initramfs -u -k all")]
    [InlineData(InitramfsCure.Generic, "etc/initramfs-tools/modules", "etc/initramfs-tools/conf.d/zz-allie", "update-initramfs -u -k all")]
    public void The_cure_writes_only_settings_and_says_what_to_run(InitramfsCure cure, string tool, string written, string told)
    {
        var options = new RuleOptions("f42")
        {
            Initramfs = cure, ReadInitramfs = _ => new(new Dictionary<string, string?> { ["usr/lib/dracut/hostonly-files"] = "x" }),
        };
        var tree = new MemoryTree((tool, "x"), ("etc/passwd", ""), ("boot/initramfs-6.img", "i"));

        var plan = RuleSet.Plan(tree, options);

        Assert.Contains(plan.Notes, n => n.StartsWith("/boot/initramfs-6.img: made for one PC", StringComparison.Ordinal) && n.Contains(told));
        Assert.Equal(written, string.Join(' ', plan.Steps.Where(s => s is { Op: "initramfs-audit", Kind: TreeAction.Write }).Select(s => s.Path.Raw)));
        tree.Apply(plan.Steps);
        Assert.Empty(RuleSet.Plan(tree, options).Steps);
    }

    [Fact]
    public void One_that_could_not_be_read_is_said_and_a_rescue_one_is_passed_over()
    {
        var options = new RuleOptions("f42") { ReadInitramfs = _ => InitramfsContents.Unread("cannot run zstd") };

        var plan = RuleSet.Plan(new MemoryTree(("boot/initramfs-6.img", "i"), ("boot/initramfs-0-rescue-x.img", "i")), options);

        Assert.Equal(["/boot/initramfs-6.img: not looked into: cannot run zstd (initramfs-audit)"], plan.Notes);
    }

    [Fact]
    public void One_filed_under_the_captured_machine_id_is_read_where_it_still_is()
    {
        const string Id = "0123456789abcdef0123456789abcdef";
        var tree = new MemoryTree(("usr/bin/dracut", ""), ("etc/machine-id", Id + "\n"), ($"boot/{Id}/6/initrd", "i"), ($"boot/{Id}/6/linux", "k"));
        var read = new List<string>();
        var options = new RuleOptions("f42")
        {
            ReadInitramfs = path =>
            {
                read.Add(path.Raw);
                return new(new Dictionary<string, string?> { ["usr/lib/dracut/hostonly-files"] = "x" });
            },
        };

        var plan = RuleSet.Plan(tree, options);

        Assert.Equal([$"boot/{Id}/6/initrd"], read);
        Assert.Contains(plan.Notes, n => n.StartsWith($"/boot/{new string('f', 32)}/6/initrd: made for one PC", StringComparison.Ordinal));
    }

    [Fact]
    public void An_archive_that_lies_about_its_lengths_is_told_as_such()
    {
        long position = 0;
        var bad = "070701"u8.ToArray().Concat(Enumerable.Repeat((byte)'F', 104)).ToArray();

        Assert.Throws<InvalidDataException>(() => NewcArchive.Read(new MemoryStream(bad), ref position, new Dictionary<string, string?>()));
    }
}
