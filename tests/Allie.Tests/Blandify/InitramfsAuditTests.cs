using Allie.Blandify;
using Allie.Blandify.Rules.Initramfs;
using Allie.Files;
using Xunit;

namespace Allie.Tests.Blandify;

public class InitramfsAuditTests
{
    private static InitramfsContents HostOnly(ImagePath path) => new(new Dictionary<string, string?> { ["usr/lib/dracut/hostonly-files"] = "x" });

    private static MemoryTree HostOnlyTree(string tool) => new(
        [(tool, "mkinitramfs --no-hostonly --no-hostonly-cmdline"), ("etc/passwd", ""), ("boot/initrd.img-6", "i"), ("lib/modules/6/modules.dep", ""),
        .. tool.Contains("initramfs", StringComparison.Ordinal) ? new[] { ("etc/initramfs-tools/modules", "") } : []]);

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

    [Fact]
    public void Of_the_settings_of_initramfs_tools_the_last_one_holds()
    {
        static IReadOnlyList<string> Reasons(string main, string added) =>
            InitramfsAudit.Reasons(new(new Dictionary<string, string?> { ["conf/conf.d/driver-policy"] = "MODULES=dep\n", ["conf/conf.d/zz-allie"] = added, ["conf/initramfs.conf"] = main }));

        Assert.Empty(Reasons("MODULES=dep\n", "MODULES=most\n"));
        Assert.Contains("MODULES=dep", Assert.Single(Reasons("MODULES=most\n", "")));
    }

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
    [InlineData(InitramfsCure.Rebuild, "usr/bin/dracut", "var/lib/allie/initramfs", "prep makes it anew on each PC by 'dracut --force --no-hostonly --no-hostonly-cmdline /boot/initrd.img-6 6'")]
    [InlineData(InitramfsCure.Generic, "usr/bin/dracut", "etc/dracut.conf.d/50-allie.conf var/lib/allie/initramfs", "dracut --force")]
    [InlineData(InitramfsCure.Warn, "usr/sbin/update-initramfs", "", "Run 'update-initramfs -c -t -k 6'")]
    [InlineData(InitramfsCure.Rebuild, "usr/sbin/update-initramfs", "etc/initramfs-tools/conf.d/zz-allie var/lib/allie/initramfs", "by 'update-initramfs -c -t -k 6'")]
    [InlineData(InitramfsCure.Generic, "usr/sbin/update-initramfs", "etc/initramfs-tools/conf.d/zz-allie var/lib/allie/initramfs", "update-initramfs -c -t -k 6")]
    [InlineData(InitramfsCure.Rebuild, "usr/bin/mkinitcpio", "var/lib/allie/initramfs", "by 'mkinitcpio --skiphooks autodetect --kernel 6 --generate /boot/initrd.img-6'")]
    [InlineData(InitramfsCure.Rebuild, "sbin/mkinitrd", "", "no known tool")]
    public void The_cure_writes_settings_and_the_mark_for_prep_and_runs_nothing(InitramfsCure cure, string tool, string written, string told)
    {
        var options = new RuleOptions("f42") { Initramfs = cure, ReadInitramfs = HostOnly };
        var tree = HostOnlyTree(tool);

        var plan = RuleSet.Plan(tree, options);

        Assert.Contains(plan.Notes, n => n.StartsWith("/boot/initrd.img-6: made for one PC", StringComparison.Ordinal) && n.Contains(told));
        Assert.Equal(written, string.Join(' ', plan.Steps.Where(s => s is { Op: "initramfs-audit", Kind: TreeAction.Write }).Select(s => s.Path.Raw)));
        tree.Apply(plan.Steps);
        Assert.Empty(RuleSet.Plan(tree, options).Steps);
    }

    [Fact]
    public void The_mark_stays_when_a_later_run_does_not_ask_for_it_and_goes_when_there_is_nothing_to_make_anew()
    {
        var tree = HostOnlyTree("usr/sbin/update-initramfs");
        var rebuild = new RuleOptions("f42") { Initramfs = InitramfsCure.Rebuild, ReadInitramfs = HostOnly };
        tree.Apply(RuleSet.Plan(tree, rebuild).Steps);
        Assert.Equal(["boot/initrd.img-6"], InitramfsMark.Parse(tree.Text(InitramfsMark.File)).Select(p => p.Raw));

        var warn = new RuleOptions("f42") { ReadInitramfs = HostOnly };
        Assert.Empty(RuleSet.Plan(tree, warn).Steps);
        Assert.Contains(RuleSet.Plan(tree, warn).Notes, n => n.Contains("prep makes it anew on each PC by 'update-initramfs -c -t -k 6'"));
        Assert.Empty(RuleSet.Plan(tree, warn with { ReadInitramfs = null }).Steps);
        Assert.Empty(RuleSet.Plan(tree, warn with { ReadInitramfs = _ => InitramfsContents.Unread("cannot run zstd") }).Steps);

        var step = Assert.Single(RuleSet.Plan(tree, warn with { ReadInitramfs = _ => new(new Dictionary<string, string?> { ["init"] = null }) }).Steps);
        Assert.Equal((InitramfsMark.File, TreeAction.Delete), (step.Path, step.Kind));
    }

    [Fact]
    public void The_mark_names_nothing_but_places_of_an_initramfs() =>
        Assert.Equal(
            ["boot/initramfs-6.1.img", "boot/initrd.img-6.1.0-9-amd64", "boot/initrd-3.0.101", "boot/ffff/6.1/initrd"],
            InitramfsMark.Parse("# x\nboot/initramfs-6.1.img\nsrv/notes\nboot/../srv/initrd-1\nboot/initrd.img-6.1.0-9-amd64\nboot/initrd-3.0.101\nboot/initrd-a b\nboot/ffff/6.1/initrd\nboot/grub/x/initrd\n/boot/initrd-1\nboot")
                .Select(p => p.Raw));

    [Fact]
    public void An_older_dracut_is_given_only_options_that_it_has_and_arch_names_the_kernel_by_its_package()
    {
        static string Words(string path, params (string, string)[] files) => string.Join(' ', InitramfsBuild.Words(new MemoryTree(files), ImagePath.Of(path)) ?? []);

        Assert.Equal("dracut --force /boot/initramfs-2.6.32.img 2.6.32", Words("boot/initramfs-2.6.32.img", ("sbin/dracut", "--hostonly) "), ("lib/modules/2.6.32/x", "")));
        Assert.Equal("dracut --force --no-hostonly /boot/ab/6/initrd 6", Words("boot/ab/6/initrd", ("usr/bin/dracut", "--no-hostonly) --no-hostonly-i18n)"), ("usr/sbin/dracut", "-> ../bin/dracut"), ("lib/modules/6/x", "")));
        Assert.Equal("mkinitcpio --skiphooks autodetect --kernel 6.12-arch1 --generate /boot/initramfs-linux.img",
            Words("boot/initramfs-linux.img", ("usr/bin/mkinitcpio", ""), ("usr/lib/modules/6.11-lts/pkgbase", "linux-lts\n"), ("usr/lib/modules/6.12-arch1/pkgbase", "linux\n")));
        Assert.Equal("", Words("boot/initrd.img-6", ("usr/sbin/update-initramfs", "mkinitramfs"), ("lib/modules/7/x", "")));
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
