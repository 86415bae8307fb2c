using Allie.Blandify.Rules.Mounts;
using Allie.Files;

namespace Allie.Blandify.Rules.Boot;

/// <summary>Rules about boot files, in their order: names before the texts that use them.</summary>
internal static class BootRules
{
    private static readonly string[] Entries = ["{boot,boot/efi,efi}/loader/entries/*.conf"];

    internal static IReadOnlyList<IRule> All(RuleOptions options, CapturedPc captured)
    {
        var target = new BootTarget(options.Label, options.BootLabel);
        BootPaths Paths(ITreeView tree) => new(captured, options.BootLabel, tree);
        const string OneDisk = "starts from one PC's disk";
        return
        [
            new TextRule("crypttab", Layout("encrypted disks become comments; what is found by label stays", "disks of one PC: the boot would wait for them"),
                ["etc/crypttab"], (_, text, _) => Crypttab.Rewrite(text)) { Told = (_, text, _) => Crypttab.KeyFiles(text) },
            new TextRule("mdadm", Layout("arrays become comments; other lines stay", "arrays of one PC would be put together under wrong names"),
                ["etc/mdadm.conf", "etc/mdadm/mdadm.conf"], (_, text, _) => Mdadm.Rewrite(text)),
            new EntryNames("bls-id", Layout("names of boot entries get the placeholder id ffff...; a PC puts its own there", "named by one PC's id: kernel updates would never remove them"),
                [.. Entries, "{boot,boot/efi,efi}/*"], captured),
            new EntryNames("rescue-id", Layout("names of the rescue kernel get the placeholder id", "named by one PC's id: the next kernel would build a second one"),
                ["boot/*0-rescue*"], captured),
            new TextRule("bls", Layout("boot entries: / by label, paths of /, kernel line without the PC's own", OneDisk), Entries,
                (_, text, tree) => BootEntry.Rewrite(text, target, Paths(tree), captured)) { Told = (_, text, tree) => BootEntry.Missing(text, Paths(tree)) },
            new TextRule("grub2-cfg", Layout("GRUB's menu: searches by label, kernel lines, no entries of other disks", OneDisk),
                ["boot/grub{,2}/{grub,custom}.cfg", "{boot/efi,efi}/EFI/*/grub.cfg"],
                (_, text, tree) => GrubConfig.Rewrite(text, target, Paths(tree), captured)) { Told = (_, text, _) => GrubConfig.Told(text), Follow = true },
            new TextRule("grub1-cfg", Layout("the menu of GRUB before 2: kernel lines", OneDisk),
                ["boot/grub/{grub.conf,menu.lst}", "etc/grub.conf"],
                (_, text, tree) => GrubLegacy.Rewrite(text, target, Paths(tree))) { Told = (_, text, _) => GrubLegacy.Told(text), Follow = true },
            new TextRule("grubenv", Layout("GRUB's memory: kernel line, and no entry of the captured PC's disk", OneDisk),
                ["boot/grub{,2}/grubenv", "{boot/efi,efi}/EFI/*/grubenv"],
                (_, text, _) => GrubEnvironment.Rewrite(text, target, captured)) { Follow = true },
            new CodeRule("grubenv-link", Layout("a grubenv that is a link to nothing goes", "GRUB could not write to it"), DanglingGrubenv),
            new TextRule("kernel-cmdline", Layout("the kernel line of new boot entries", OneDisk),
                ["etc/kernel/cmdline", "etc/cmdline", "etc/cmdline.d/*.conf"], (_, text, _) => Table.LineEdit.Each(text, l => Words(l, target))),
            new CodeRule("kernel-cmdline-new", Layout("makes etc/kernel/cmdline where boot entries are used", "without it kernel-install takes the line of the system it runs on"),
                tree => NewCommandLine(tree, target)),
            new TextRule("grub-default", Layout("etc/default/grub: kernel lines; no search on other disks", OneDisk),
                ["etc/default/grub", "etc/default/grub.d/*.cfg", "etc/sysconfig/grub"],
                (path, text, _) => path.Name == "grub" ? GrubDefault.With(GrubDefault.Rewrite(text, target), "GRUB_DISABLE_OS_PROBER", "true") : GrubDefault.Rewrite(text, target))
                { Follow = true },
            new TextRule("grub-device", Layout("menus that grub-mkconfig makes name / by label", "a kernel update would write the PC's UUID, which is right on that PC alone", RuleDefault.Optional),
                ["etc/default/grub"],
                (_, text, _) => GrubDefault.With(GrubDefault.With(text, "GRUB_DEVICE", $"\"LABEL={options.Label}\""), "GRUB_DISABLE_LINUX_UUID", "true")),
            new TextRule("sysconfig-boot", Layout("kernel lines of other boot loaders", OneDisk), OtherLoaders.Files,
                (path, text, _) => OtherLoaders.Rewrite(path.Name, text, target)),
            new TextRule("grub-debconf", Layout("the disk that Debian installed GRUB on goes from its answers", "the next update of GRUB would ask, or fail"),
                ["var/cache/debconf/config.dat"], (_, text, _) => DebconfGrub.Rewrite(text)),
            new TextRule("dracut-conf", Layout("kernel words and devices in dracut's settings", "would be built into each initramfs"),
                ["etc/dracut.conf", "etc/dracut.conf.d/*.conf"], (_, text, _) => DracutConf.Rewrite(text, target)) { Told = (_, text, _) => DracutConf.Told(text) },
            new TextRule("kernel-words", new("names words of kernel lines that cannot be judged", "may fit one PC alone", RuleClass.Report, RuleDefault.Warn),
                ["etc/kernel/cmdline", "usr/lib/kernel/cmdline", "etc/default/grub", .. Entries], (_, text, _) => text)
                { Told = (_, text, _) => text.Split('\n').SelectMany(KernelWords.Odd).Select(w => w.Trim('"')).Distinct().Select(w => $"'{w}' may fit one PC alone") },
        ];
    }

    private static RuleAbout Layout(string does, string why, RuleDefault standard = RuleDefault.On) => new(does, why, RuleClass.Layout, standard);

    /// <summary>Lines that begin with '#' are comments to kernel-install too.</summary>
    private static string Words(string line, BootTarget target) =>
        line.TrimStart().StartsWith('#') ? line : KernelWords.Rewrite(line.TrimEnd('\r'), target) + (line.EndsWith('\r') ? "\r" : "");

    private static IEnumerable<TreeChange> NewCommandLine(ITreeView tree, BootTarget target)
    {
        var file = ImagePath.Of("etc/kernel/cmdline");
        if (tree.Find(file) is null && Entries.Select(Table.PathPattern.Parse).Any(p => p.Match(tree).Any()))
        {
            yield return new("kernel-cmdline-new", file, TreeAction.Write, "boot entries of new kernels") { After = $"root=LABEL={target.Label} ro\n" };
        }
    }

    private static IEnumerable<TreeChange> DanglingGrubenv(ITreeView tree) =>
        new[] { "boot/grub/grubenv", "boot/grub2/grubenv" }.Select(ImagePath.Of)
            .Where(p => tree.Find(p) is { IsSymlink: true } && (tree.Follow(p) is not { } at || tree.Find(at) is null))
            .Select(p => new TreeChange("grubenv-link", p, TreeAction.Delete, "links to nothing"));
}
