using System.Text.RegularExpressions;

namespace Allie.Blandify.Rules.Initramfs;

/// <summary>Tells from what is in an initramfs whether it was made for one PC: dracut's host-only mode, initramfs-tools' MODULES=dep, mkinitrd.</summary>
public static partial class InitramfsAudit
{
    /// <summary>Any PC may have its root behind one of these.</summary>
    private static readonly string[] Storage =
        ["ahci", "nvme", "sd_mod", "virtio_blk", "virtio_scsi", "vmd", "megaraid_sas", "mpt3sas", "xhci_pci", "usb_storage", "uas"];

    /// <summary>The reasons, the worst first; none means that it starts on any PC as far as can be seen.</summary>
    public static IReadOnlyList<string> Reasons(InitramfsContents contents)
    {
        var found = new List<string>();
        foreach (var (path, text) in contents.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            if (Reason(path, text ?? "") is { } reason)
            {
                found.Add(reason);
            }
        }

        if (Policy(contents) == "dep")
        {
            found.Add("built by initramfs-tools with MODULES=dep");
        }

        return [.. Drivers(contents), .. found.Distinct()];
    }

    /// <summary>Which modules initramfs-tools took: its main file is read first, then conf.d in the order of names, and the last one holds.</summary>
    private static string? Policy(InitramfsContents contents) =>
        contents.Entries.Where(e => e.Key == "conf/initramfs.conf").Concat(contents.Entries.Where(e => e.Key.StartsWith("conf/conf.d/", StringComparison.Ordinal)).OrderBy(e => e.Key, StringComparer.Ordinal))
            .SelectMany(e => Modules().Matches(e.Value ?? "")).LastOrDefault()?.Groups[1].Value;

    private static string? Reason(string path, string text) => path switch
    {
        _ when CommandLine().IsMatch(path) && KernelWord().IsMatch(text) => $"{path} holds '{KernelWord().Match(text).Value}'",
        _ when DeviceWait().IsMatch(path) => $"waits for a disk of the captured PC ({path})",
        _ when path.EndsWith("dracut/hostonly-files", StringComparison.Ordinal) => "built by dracut for one host (hostonly-files)",
        _ when path.EndsWith("build-parameter.txt", StringComparison.Ordinal) && HostOnly().IsMatch(text) => "built by dracut with --hostonly",
        "etc/crypttab" or "cryptroot/crypttab" when HasLine(text) => $"{path} names an encrypted disk",
        _ when path.StartsWith("conf/conf.d/", StringComparison.Ordinal) && Resume().IsMatch(text) => $"{path} holds '{Resume().Match(text).Value}'",
        "etc/lvm/devices/system.devices" => "holds LVM's list of the captured PC's devices",
        "etc/multipath/bindings" or "etc/multipath/wwids" => $"holds {path} of the captured PC",
        _ => null,
    };

    /// <summary>Only for one that has loadable modules at all; a driver built into the kernel counts as there.</summary>
    private static IEnumerable<string> Drivers(InitramfsContents contents)
    {
        var modules = contents.Entries.Keys.Select(k => Module().Match(k)).Where(m => m.Success).Select(m => m.Groups[1].Value.Replace('-', '_')).ToHashSet();
        if (modules.Count == 0)
        {
            yield break;
        }

        modules.UnionWith(contents.Entries.Where(e => e.Key.EndsWith("/modules.builtin", StringComparison.Ordinal))
            .SelectMany(e => (e.Value ?? "").Split('\n')).Select(l => Module().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value.Replace('-', '_')));
        var missing = Storage.Where(s => !modules.Contains(s)).ToList();

        // A distribution's own generic one may lack some rare ones; a host-only one has one or two of all.
        if (missing.Count > Storage.Length / 2)
        {
            yield return $"lacks drivers for most disks ({string.Join(", ", missing)})";
        }
    }

    private static bool HasLine(string text) => text.Split('\n').Any(l => l.Trim().Length > 0 && !l.TrimStart().StartsWith('#'));

    [GeneratedRegex(@"^etc/cmdline\.d/.*\.conf$")]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"\b(root|resume|rd\.[a-z.]+|rd_[A-Z_]+)=\S+")]
    private static partial Regex KernelWord();

    [GeneratedRegex(@"hooks/initqueue/finished/devexists-[^/]*\.sh$|hooks/emergency/80-[^/]*\.sh$|^etc/systemd/system/dev-disk-by[^/]*\.device\.d/timeout\.conf$")]
    private static partial Regex DeviceWait();

    [GeneratedRegex(@"(^|\s)'?(--hostonly|-H)'?(\s|$)", RegexOptions.Multiline)]
    private static partial Regex HostOnly();

    [GeneratedRegex(@"^RESUME=(?!none\b)\S+", RegexOptions.Multiline)]
    private static partial Regex Resume();

    [GeneratedRegex(@"^MODULES=[""']?(\w+)", RegexOptions.Multiline)]
    private static partial Regex Modules();

    [GeneratedRegex(@"(?:^|/)([^/]+)\.ko(?:\.(?:xz|zst|gz))?$")]
    private static partial Regex Module();
}
