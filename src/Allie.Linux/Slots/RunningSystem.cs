using Allie.Boot;
using Allie.Boot.Moving;
using Allie.Boot.Trying;
using Allie.Config;
using Allie.Files;
using Allie.Linux.Boot;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Slots;

namespace Allie.Linux.Slots;

/// <summary>What this system is using now: its root, every mount, swap, and where its boot loader reads from. One look, then it is fixed.</summary>
internal sealed class RunningSystem
{
    private readonly IReadOnlyList<MountLine> _everywhere = MountTable.Everywhere();
    private readonly IReadOnlyList<MountLine> _here = MountTable.Here();
    private readonly Lazy<string> _messages;
    private readonly string[] _swaps;
    private readonly string[] _kernelLine;
    private readonly string? _grub;
    private readonly BootHomeName? _home;
    private readonly string _rootNumber = DeviceNumberOf("/");

    internal RunningSystem(PcSettings settings, string systemRoot)
    {
        _messages = new(() => KernelMessages.Read(systemRoot));
        _swaps = [.. File.ReadLines(Path.Combine(systemRoot, "proc/swaps")).Skip(1).Select(l => l.Split([' ', '\t'], 2)[0].Replace("\\040", " "))];
        _kernelLine = File.ReadAllText(Path.Combine(systemRoot, "proc/cmdline")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        _grub = settings.GrubDirectory.Length > 0 ? settings.GrubDirectory : new[] { "/boot/grub", "/boot/grub2" }.FirstOrDefault(d => File.Exists(d + "/grub.cfg"));
        _home = BootLook.Told(string.Join(' ', _kernelLine), systemRoot) ?? Moved();
    }

    /// <summary>Where `slot boot-home --to` has put what was in this system's own GRUB directory.</summary>
    private BootHomeName? Moved() =>
        _grub is not null && Path.Combine(_grub, MovedGrub.NoteName) is var note && File.Exists(note) ? BootHomeName.Of(File.ReadAllText(note)) : null;

    /// <summary>By device number, by the mount's source (btrfs roots have a number of their own), or by root= of the kernel line.</summary>
    internal bool IsRoot(BlockDevice device, string partUuid, FileSystemFacts? fileSystem)
    {
        var root = _kernelLine.LastOrDefault(w => w.StartsWith("root=", StringComparison.Ordinal))?[5..];
        return device.Number == _rootNumber || _here.Any(m => m.Point == "/" && IsOn(m, device))
            || root == device.Node
            || (partUuid.Length > 0 && string.Equals(root, "PARTUUID=" + partUuid, StringComparison.OrdinalIgnoreCase))
            || (fileSystem is { Uuid.Length: > 0 } && string.Equals(root, "UUID=" + fileSystem.Uuid, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>resume= of the kernel line names it: this system would put its memory there.</summary>
    internal bool IsResumeDevice(BlockDevice device, string partUuid, FileSystemFacts? fileSystem)
    {
        var resume = _kernelLine.LastOrDefault(w => w.StartsWith("resume=", StringComparison.Ordinal))?["resume=".Length..];
        return resume is not null && (Real(resume) == device.Node
            || (partUuid.Length > 0 && string.Equals(resume, "PARTUUID=" + partUuid, StringComparison.OrdinalIgnoreCase))
            || (fileSystem is { Uuid.Length: > 0 } && string.Equals(resume, "UUID=" + fileSystem.Uuid, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The slot that the boot menu starts by itself, by the name of its entry; null: the distribution's own default.</summary>
    internal string? DefaultSlot => MenuValue("allie_default") is { } entry && entry.StartsWith("allie-", StringComparison.Ordinal) ? entry["allie-".Length..] : null;

    /// <summary>The slot that this system was started from; null: by another entry than ours.</summary>
    private string? RunningSlot => KernelLine.Slot(string.Join(' ', _kernelLine));

    /// <summary>This system was started from a slot for a try, and has not been confirmed since, as the record beside the boot menu tells.</summary>
    internal bool TryUnderWay => RunningSlot is { } slot && DefaultSlot != slot && Record?.Trying == slot;

    private BootRecord? Record =>
        _grub is not null && Path.Combine(_grub, BootRecord.FileName) is var file && File.Exists(file) ? BootRecord.TryParse(File.ReadAllBytes(file)) : null;

    /// <summary>A line of GRUB's environment block of ours (name=value; the rest is '#').</summary>
    private string? MenuValue(string name) =>
        _grub is not null && Path.Combine(_grub, "allie.env") is var file && File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] is { Length: > 0 } value ? value : null
            : null;

    internal IReadOnlyList<string> MountPoints(BlockDevice device) =>
        [.. _everywhere.Where(m => IsOn(m, device)).Select(m => m.Point).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Where our own mount namespace has it; null when only others have.</summary>
    internal string? MountedHere(BlockDevice device) => _here.FirstOrDefault(m => IsOn(m, device))?.Point;

    internal string? DiskErrors(string disk) => KernelLog.Errors(_messages.Value, disk);

    internal bool IsSwap(BlockDevice device) => _swaps.Any(s => Real(s) == device.Node);

    /// <summary>The reason; null when the boot loader is not there as far as can be told.</summary>
    internal string? BootLoaderOn(BlockDevice device, string partUuid)
    {
        // An entry of ours tells the partition itself: exact, so that no other one is refused on suspicion.
        if (_home is { } home)
        {
            return home.PartUuid == partUuid ? $"this system was started from {home.Path} there" : null;
        }

        if (_grub is not null && Directory.Exists(_grub) && (DeviceNumberOf(_grub) == device.Number || IsOn(MountHolding(_grub), device)))
        {
            return $"GRUB's directory {_grub}";
        }

        // GRUB's number of the disk says nothing about ours, so the partition's number alone must do: rather one refusal too many.
        var prefix = _kernelLine.LastOrDefault(w => w.StartsWith("allie.prefix=", StringComparison.Ordinal))?["allie.prefix=".Length..];
        return prefix is not null && GrubPrefix.PartitionOf(prefix) == device.PartitionNumber && device.IsPartition ? $"GRUB started from {prefix}" : null;
    }

    private static bool IsOn(MountLine mount, BlockDevice device) =>
        mount.DeviceNumber == device.Number
        || (mount.DeviceNumber.StartsWith("0:", StringComparison.Ordinal) && mount.Source.StartsWith("/dev/", StringComparison.Ordinal) && Real(mount.Source) == device.Node);

    private MountLine MountHolding(string path) =>
        _here.Where(m => m.Point == "/" || path == m.Point || path.StartsWith(m.Point + "/", StringComparison.Ordinal)).MaxBy(m => m.Point.Length)!;

    private static string Real(string path) => (Path.Exists(path) ? File.ResolveLinkTarget(path, true)?.FullName : null) ?? path;

    private static string DeviceNumberOf(string directory)
    {
        using var opened = ImageRoot.Open(directory);
        var facts = opened.Stat(ImagePath.Root);
        return $"{facts.DeviceMajor}:{facts.DeviceMinor}";
    }
}
