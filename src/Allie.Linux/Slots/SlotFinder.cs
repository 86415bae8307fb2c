using Allie.Config;
using Allie.Errors;
using Allie.Linux.Native;
using Allie.Slots;

namespace Allie.Linux.Slots;

/// <summary>
/// Finds this PC's slots and everything the refusals look at. Reads partition tables and superblocks itself: no udev, no blkid cache,
/// no kernel support for the table is needed.
/// </summary>
/// <param name="settings">Slots declared by PARTUUID, GRUB's directory.</param>
/// <param name="systemRoot">Where sys, dev and proc are.</param>
public sealed class SlotFinder(PcSettings settings, string systemRoot = "/")
{
    /// <summary>Every declared slot, by name. A name that means several partitions is one row with its duplicates.</summary>
    public IReadOnlyList<SlotFacts> Find()
    {
        var devices = new BlockDevices(systemRoot).Scan();
        var system = new RunningSystem(settings, systemRoot);
        var hibernated = Hibernated(devices);
        return [.. Partitions(devices).Select(p => (Part: p, Declared: Declared(p))).Where(p => p.Declared.How != SlotDeclaration.None)
            .GroupBy(p => p.Declared.Name).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Describe(g.First().Part, g.First().Declared, system, hibernated) with { Duplicates = [.. g.Skip(1).Select(p => p.Part.Device.Node)] })];
    }

    /// <summary>Names in allie.toml whose partition this PC does not have.</summary>
    public IReadOnlyList<string> Missing()
    {
        var here = Partitions(new BlockDevices(systemRoot).Scan()).Select(p => p.PartUuid).ToHashSet();
        return [.. settings.SlotPartitions.Where(s => !here.Contains(s.Value)).Select(s => $"slot {s.Key}: no partition with PARTUUID {s.Value}")];
    }

    /// <summary>One slot by its name, or any block device by its path (declared or not).</summary>
    /// <exception cref="UserError">Exit 2: there is none.</exception>
    public SlotFacts Get(string nameOrDevice)
    {
        if (!nameOrDevice.StartsWith('/'))
        {
            var all = Find();
            return all.FirstOrDefault(s => s.Name == nameOrDevice)
                ?? throw UserError.Refused($"this PC has no slot '{nameOrDevice}'", all.Count > 0 ? "its slots: " + string.Join(", ", all.Select(s => s.Name)) : "allie slot list tells how to declare one");
        }

        var node = (Path.Exists(nameOrDevice) ? File.ResolveLinkTarget(nameOrDevice, true)?.FullName : null) ?? nameOrDevice;
        var devices = new BlockDevices(systemRoot).Scan();
        var device = devices.FirstOrDefault(d => d.Node == node) ?? throw UserError.Refused($"{nameOrDevice} is no block device of this system", "lsblk shows them");
        var part = Partitions(devices).FirstOrDefault(p => p.Device.Node == node) ?? new(device, null, false);
        var declared = Declared(part);
        return Find().FirstOrDefault(s => s.DevicePath == node) ?? Describe(part, declared, new(settings, systemRoot), Hibernated(devices));
    }

    /// <summary>A swap area in which a system lies asleep: it may have any slot mounted.</summary>
    private static string? Hibernated(IReadOnlyList<BlockDevice> devices) =>
        devices.FirstOrDefault(HoldsSleeper)?.Node;

    private static bool HoldsSleeper(BlockDevice device)
    {
        try
        {
            return DeviceBytes.ReadSignatures(device.Node, device.SizeBytes).Any(s => s.Type == "swsuspend");
        }
        catch (LinuxException)
        {
            return false; // a container may see nodes that it must not open: another system's
        }
    }

    internal sealed record Part(BlockDevice Device, PartitionEntry? Entry, bool HasTable)
    {
        internal string? StaleTable => Entry switch
        {
            null => HasTable ? $"the table has no partition that begins where the kernel has {Device.Name}" : null,
            var e when e.Number != Device.PartitionNumber => $"it is number {e.Number} there, {Device.PartitionNumber} for the kernel",
            var e when (e.LastSector - e.FirstSector + 1) * Device.SectorSize != Device.SizeBytes =>
                $"{((e.LastSector - e.FirstSector + 1) * Device.SectorSize) >> 20} MiB there, {Device.SizeBytes >> 20} MiB for the kernel",
            _ => null,
        };

        internal string PartUuid => Entry?.PartUuid ?? Device.PartUuid.ToLowerInvariant();

        internal string PartName => Entry?.Name ?? Device.PartName;
    }

    /// <summary>Kernel and table agree where a partition starts; its number in the table may be another one than the kernel's.</summary>
    internal static List<Part> Partitions(IReadOnlyList<BlockDevice> devices)
    {
        var disks = devices.Where(d => !d.IsPartition).ToDictionary(d => d.Name);
        var tables = new Dictionary<string, IReadOnlyList<PartitionEntry>>();
        var parts = new List<Part>();
        foreach (var device in devices.Where(d => d.IsPartition))
        {
            if (!tables.TryGetValue(device.Disk, out var table))
            {
                tables[device.Disk] = table = disks.TryGetValue(device.Disk, out var disk) ? DeviceBytes.ReadTable(disk) : [];
            }

            parts.Add(new(device, table.FirstOrDefault(e => e.FirstSector * device.SectorSize == device.StartBytes), table.Count > 0));
        }

        return parts;
    }

    private (string Name, SlotDeclaration How) Declared(Part part)
    {
        var set = settings.SlotPartitions.FirstOrDefault(s => s.Value.Length > 0 && s.Value == part.PartUuid).Key;
        return set is not null ? (set, SlotDeclaration.Settings)
            : SlotName.OfPartition(part.PartName) is { } named ? (named, SlotDeclaration.PartitionName)
            : (part.Device.Name, SlotDeclaration.None);
    }

    private static SlotFacts Describe(Part part, (string Name, SlotDeclaration How) declared, RunningSystem system, string? hibernated)
    {
        var device = part.Device;
        var signatures = DeviceBytes.ReadSignatures(device.Node, device.SizeBytes);
        return new()
        {
            Name = declared.Name,
            DeclaredBy = declared.How,
            DevicePath = device.Node,
            DeviceNumber = device.Number,
            SizeBytes = device.SizeBytes,
            PartUuid = part.PartUuid,
            PartName = part.PartName,
            TypeId = part.Entry?.TypeId ?? "",
            Number = device.PartitionNumber,
            Signatures = signatures,
            IsRunningRoot = system.IsRoot(device, part.PartUuid, signatures.FirstOrDefault()),
            MountedAt = system.MountPoints(device),
            MountedHere = system.MountedHere(device),
            IsActiveSwap = system.IsSwap(device),
            Holders = device.Holders,
            IsReadOnly = device.IsReadOnly,
            IsWholeDisk = !device.IsPartition,
            IsRemovable = device.IsRemovable,
            IsLoopOrMemory = device.IsLoopOrMemory,
            BootLoader = system.BootLoaderOn(device, part.PartUuid),
            IsDefault = declared.How != SlotDeclaration.None && system.DefaultSlot == declared.Name,
            TryUnderWay = system.TryUnderWay,
            Hibernated = hibernated ?? (system.IsResumeDevice(device, part.PartUuid, signatures.FirstOrDefault()) ? "resume= of the kernel line" : null),
            StaleTable = part.StaleTable,
        };
    }
}
