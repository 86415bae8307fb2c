namespace Allie.Installers.Lint;

/// <summary>The storage part of an autoinstall file: one partition is formatted, and all else stays as it is.</summary>
internal sealed class AutoinstallStorage
{
    private static readonly string[] Many = ["lvm_volgroup", "lvm_partition", "raid", "dm_crypt", "bcache", "zpool", "zfs"];

    private static readonly Dictionary<string, string> References = new() { ["partition"] = "device", ["format"] = "volume", ["mount"] = "device" };

    private readonly IReadOnlyList<YamlNode> _actions;

    /// <summary>What is mounted at /: its format, and the partition below it; null where the file does not say.</summary>
    private readonly YamlNode? _slotFormat, _slot;

    private AutoinstallStorage(IReadOnlyList<YamlNode> actions)
    {
        _actions = actions;
        var root = actions.FirstOrDefault(a => a.Word("type") == "mount" && a.Word("path") == "/");
        _slotFormat = root is null ? null : Of(root.Word("device"));
        _slot = _slotFormat is null ? null : Of(_slotFormat.Word("volume"));
    }

    public static IEnumerable<InstallerFinding> Check(YamlNode? storage)
    {
        if (storage?["layout"] is { } layout)
        {
            yield return new(layout.Line, "layout", "storage: layout takes a whole disk", "storage: config, as made by: allie installer autoinstall");
        }
        else if (storage?["config"] is not { Items.Count: > 0 })
        {
            yield return new(storage?.Line ?? 0, "no-storage", "without storage: config the installer takes a whole disk", "see: allie installer autoinstall");
            yield break;
        }

        var actions = storage["config"]?.Items.Where(i => i["type"] is not null).ToList() ?? [];
        var all = new AutoinstallStorage(actions);
        foreach (var finding in actions.SelectMany(all.Action))
        {
            yield return finding;
        }

        if (all._slot is null && actions.Count > 0)
        {
            yield return new(storage["config"]!.Line, "no-root", "nothing that is formatted here is mounted at /, so no partition is the slot", "{id: root, type: mount, device: ID-OF-THE-FORMAT, path: /}");
        }
    }

    private IEnumerable<InstallerFinding> Action(YamlNode action)
    {
        var (type, kept) = (action.Word("type"), action.Is("preserve", true));
        InstallerFinding At(string rule, string message, string hint) => new(action.Line, rule, message, hint);
        switch (type)
        {
            case "disk" when action["ptable"] is not null && !kept:
                yield return At("new-table", "a disk with ptable and without preserve: true gets a new, empty partition table", "preserve: true");
                break;
            case "disk" or "partition" when !kept:
                yield return At("not-preserved", $"a {type} without preserve: true is made anew", "preserve: true");
                break;
            case "format" when !kept && Of(action.Word("volume"))?.Word("type") == "disk":
                yield return At("whole-disk", $"the volume {action.Word("volume")} is a whole disk, and all its partitions would be lost", "the id of the slot's partition");
                break;
            case "format" when !kept && action != _slotFormat:
                yield return Formats(action);
                break;
            case var _ when Many.Contains(type):
                yield return At("many-partitions", $"{type} does not stay in one partition", "a slot is one partition with one file system");
                break;
        }

        if (type == "disk" && action.Word("wipe").Length > 0)
        {
            yield return At("disk-wiped", "wipe on a disk removes its partition table", "take wipe out");
        }

        if (type == "partition" && action.Word("wipe").Length > 0 && action != _slot)
        {
            yield return At("partition-wiped", "wipe on a partition that is not the slot removes what is on it", "take wipe out; only the partition under / has it");
        }

        if (References.TryGetValue(type, out var key) && action.Word(key) is { Length: > 0 } id && Of(id) is null)
        {
            yield return At("no-such-id", $"{key}: {id} is the id of nothing here, and the installer stops", "the id of another entry of storage: config");
        }

        if (type == "partition" && action.Is("resize", true))
        {
            yield return At("resized", "the partition gets another size", "take resize out; size as it is");
        }
    }

    private InstallerFinding Formats(YamlNode format)
    {
        var (name, volume) = (format.Word("volume"), Of(format.Word("volume")));
        var esp = Mount(format)?.Word("path") == "/boot/efi"
            || volume is not null && (volume.Word("flag") is "boot" or "esp" || volume.Is("grub_device", true) || string.Equals(volume.Word("partition_type"), DiskLayout.EfiType, StringComparison.OrdinalIgnoreCase));
        return esp
            ? new(format.Line, "esp-formatted", $"the EFI system partition ({name}) is formatted, and no other system of the PC starts any more", "preserve: true, as on its partition")
            : new(format.Line, "formatted", $"{name} is formatted, and is not what is mounted at /", "preserve: true; only the slot's file system is made anew");
    }

    private YamlNode? Of(string id) => _actions.LastOrDefault(a => a.Word("id") == id && id.Length > 0);

    private YamlNode? Mount(YamlNode format) => _actions.FirstOrDefault(a => a.Word("type") == "mount" && a.Word("device") == format.Word("id"));
}
