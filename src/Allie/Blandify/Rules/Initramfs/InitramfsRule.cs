using Allie.Blandify.Table;
using Allie.Files;

namespace Allie.Blandify.Rules.Initramfs;

/// <summary>An initramfs that holds one PC's disks and only its drivers starts no other PC. Looked for and told; the cure is chosen by the administrator.</summary>
public sealed class InitramfsRule(RuleOptions options) : IRule
{
    private static readonly ImagePath DracutConf = ImagePath.Of("etc/dracut.conf.d/50-allie.conf");

    // initramfs-tools reads conf.d in the order of names; Debian's installer writes "driver-policy" there, and the last one wins.
    private static readonly ImagePath InitramfsToolsConf = ImagePath.Of("etc/initramfs-tools/conf.d/zz-allie");

    private const string ForAnyPc = "an initramfs for any PC";

    private static readonly PathPattern[] Files =
    [
        PathPattern.Parse("boot/initramfs-*.img"), PathPattern.Parse("boot/initrd-*"), PathPattern.Parse("boot/initrd.img-*"),
        PathPattern.Parse("boot/{efi/,}[0-9a-f]*/*/initrd"),
    ];

    public string Op => "initramfs-audit";

    public RuleAbout About { get; } = new(
        "names each initramfs made for one PC; --initramfs rebuild has prep make it anew on each PC, generic also writes settings",
        "lacks other PCs' drivers and waits for the captured one's disk", RuleClass.Layout);

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        var bad = new List<ImagePath>();
        var marked = InitramfsMark.Parse(tree.Text(InitramfsMark.File)).ToHashSet();
        var unread = new HashSet<ImagePath>();
        foreach (var (path, _) in Files.SelectMany(f => f.Match(tree)).Where(f => f.Kind == FileKind.Regular).DistinctBy(f => f.Path))
        {
            if (options.ReadInitramfs is null || path.Name.Contains("rescue", StringComparison.Ordinal) || path.Name.Contains("kdump", StringComparison.Ordinal))
            {
                continue;
            }

            var contents = options.ReadInitramfs(tree.Unmoved(path));
            if (contents.NotRead is { } why)
            {
                unread.Add(path);
                yield return new(Op, path, TreeAction.Report, "not looked into: " + why);
                continue;
            }

            var reasons = InitramfsAudit.Reasons(contents);
            if (reasons.Count > 0)
            {
                bad.Add(path);
                yield return new(Op, path, TreeAction.Report, $"made for one PC: {string.Join("; ", reasons.Take(3))}{(reasons.Count > 3 ? $" and {reasons.Count - 3} more" : "")}. {Advice(tree, path, marked.Contains(path))}");
            }
        }

        foreach (var change in options.Initramfs == InitramfsCure.Generic || (bad.Count > 0 && options.Initramfs == InitramfsCure.Rebuild) ? Configuration(tree) : [])
        {
            yield return change;
        }

        foreach (var change in options.ReadInitramfs is null ? [] : Mark(tree, [.. bad.Where(p => marked.Contains(p) || Rebuilds(tree, p)), .. unread.Where(marked.Contains)]))
        {
            yield return change;
        }
    }

    private bool Rebuilds(ITreeView tree, ImagePath path) => options.Initramfs != InitramfsCure.Warn && InitramfsBuild.Words(tree, path) is not null;

    /// <summary>A choice that was made stays until there is nothing to make anew: a later run without it must not take it back.</summary>
    private IEnumerable<TreeChange> Mark(ITreeView tree, IReadOnlyList<ImagePath> paths) =>
        paths.Count > 0 ? Write(tree, InitramfsMark.File, InitramfsMark.Format(paths), "prep makes what it names anew on each PC")
        : tree.Find(InitramfsMark.File) is { IsDirectory: false } ? [new(Op, InitramfsMark.File, TreeAction.Delete, "nothing is left to make anew")]
        : [];

    private string Advice(ITreeView tree, ImagePath path, bool isMarked)
    {
        var command = InitramfsBuild.Words(tree, path) is { } words ? $"'{string.Join(' ', words)}'" : null;
        return isMarked || (command is not null && options.Initramfs != InitramfsCure.Warn)
            ? $"prep makes it anew on each PC{(command is null ? "" : " by " + command)}"
            : command is not null ? $"Run {command} in a chroot of it (allie image edit), or have prep do it on each PC: --initramfs rebuild, or generic"
            : "There is no known tool in it that makes it anew, or not the kernel's modules: make it in a chroot of it (allie image edit)";
    }

    /// <summary>dracut takes it as options of one call; initramfs-tools only from its settings.</summary>
    private IEnumerable<TreeChange> Configuration(ITreeView tree)
    {
        if (IsDracut(tree) && options.Initramfs == InitramfsCure.Generic)
        {
            foreach (var change in Write(tree, DracutConf, "hostonly=\"no\"\nhostonly_cmdline=\"no\"\n", ForAnyPc))
            {
                yield return change;
            }
        }

        if (IsInitramfsTools(tree))
        {
            foreach (var change in Write(tree, InitramfsToolsConf, "MODULES=most\n", ForAnyPc))
            {
                yield return change;
            }
        }
    }

    private IEnumerable<TreeChange> Write(ITreeView tree, ImagePath path, string text, string reason)
    {
        if (tree.Text(path) != text)
        {
            yield return new(Op, path, TreeAction.Write, reason) { Before = tree.Text(path), After = text };
        }
    }

    private static bool IsDracut(ITreeView tree) => new[] { "usr/bin/dracut", "usr/sbin/dracut", "sbin/dracut" }.Any(f => tree.Find(ImagePath.Of(f)) is not null);

    private static bool IsInitramfsTools(ITreeView tree) => tree.Find(ImagePath.Of("etc/initramfs-tools")) is { IsDirectory: true };
}
