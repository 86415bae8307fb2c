using Allie.Blandify.Table;
using Allie.Files;

namespace Allie.Blandify.Rules.Initramfs;

/// <summary>An initramfs that holds one PC's disks and only its drivers starts no other PC. Looked for and told; the cure is chosen by the administrator.</summary>
public sealed class InitramfsRule(RuleOptions options) : IRule
{
    private const string DracutConf = "etc/dracut.conf.d/50-allie.conf";

    // initramfs-tools reads conf.d in the order of names; Debian's installer writes "driver-policy" there, and the last one wins.
    private const string InitramfsToolsConf = "etc/initramfs-tools/conf.d/zz-allie";

    private static readonly PathPattern[] Files =
    [
        PathPattern.Parse("boot/initramfs-*.img"), PathPattern.Parse("boot/initrd-*"), PathPattern.Parse("boot/initrd.img-*"),
        PathPattern.Parse("boot/{efi/,}[0-9a-f]*/*/initrd"),
    ];

    public string Op => "initramfs-audit";

    public RuleAbout About { get; } = new(
        "names each initramfs that was made for one PC; --initramfs generic also writes settings for ones that start any PC",
        "lacks other PCs' drivers and waits for the captured one's disk", RuleClass.Layout);

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        var bad = false;
        foreach (var (path, _) in Files.SelectMany(f => f.Match(tree)).Where(f => f.Kind == FileKind.Regular).DistinctBy(f => f.Path))
        {
            if (options.ReadInitramfs is null || path.Name.Contains("rescue", StringComparison.Ordinal) || path.Name.Contains("kdump", StringComparison.Ordinal))
            {
                continue;
            }

            var contents = options.ReadInitramfs(tree.Unmoved(path));
            if (contents.NotRead is { } why)
            {
                yield return new(Op, path, TreeAction.Report, "not looked into: " + why);
                continue;
            }

            var reasons = InitramfsAudit.Reasons(contents);
            bad |= reasons.Count > 0;
            if (reasons.Count > 0)
            {
                yield return new(Op, path, TreeAction.Report, $"made for one PC: {string.Join("; ", reasons.Take(3))}{(reasons.Count > 3 ? $" and {reasons.Count - 3} more" : "")}. {Advice(tree)}");
            }
        }

        foreach (var change in options.Initramfs == InitramfsCure.Generic || (bad && options.Initramfs == InitramfsCure.Rebuild) ? Configuration(tree) : [])
        {
            yield return change;
        }
    }

    private string Advice(ITreeView tree)
    {
        var command = IsDracut(tree) ? options.Initramfs == InitramfsCure.Generic ? "dracut --force --regenerate-all" : "dracut --no-hostonly --no-hostonly-cmdline --force --regenerate-all"
            : IsInitramfsTools(tree) ? "update-initramfs -u -k all"
            : tree.Find(ImagePath.Of("etc/mkinitcpio.conf")) is not null ? "mkinitcpio -P (with the fallback preset)"
            : "mkinitrd";
        return options.Initramfs == InitramfsCure.Warn
            ? $"Run '{command}' in a chroot of it (allie image edit), or choose --initramfs rebuild or generic"
            : $"Now run '{command}' in a chroot of it (allie image edit)";
    }

    /// <summary>dracut takes it as options of one call; initramfs-tools only from its settings.</summary>
    private IEnumerable<TreeChange> Configuration(ITreeView tree)
    {
        if (IsDracut(tree) && options.Initramfs == InitramfsCure.Generic)
        {
            foreach (var change in Write(tree, DracutConf, "hostonly=\"no\"\nhostonly_cmdline=\"no\"\n"))
            {
                yield return change;
            }
        }

        if (IsInitramfsTools(tree))
        {
            foreach (var change in Write(tree, InitramfsToolsConf, "MODULES=most\n"))
            {
                yield return change;
            }
        }
    }

    private IEnumerable<TreeChange> Write(ITreeView tree, string file, string text)
    {
        var path = ImagePath.Of(file);
        if (tree.Text(path) != text)
        {
            yield return new(Op, path, TreeAction.Write, "an initramfs for any PC") { Before = tree.Text(path), After = text };
        }
    }

    private static bool IsDracut(ITreeView tree) => new[] { "usr/bin/dracut", "usr/sbin/dracut", "sbin/dracut" }.Any(f => tree.Find(ImagePath.Of(f)) is not null);

    private static bool IsInitramfsTools(ITreeView tree) => tree.Find(ImagePath.Of("etc/initramfs-tools")) is { IsDirectory: true };
}
