using Allie.Linux.Native;
using Allie.Linux.Slots;
using Allie.Slots;

namespace Allie.Linux.Personalise;

/// <summary>Every file system and swap area on this PC, by device node.</summary>
public sealed class PcFileSystems(string systemRoot = "/")
{
    private readonly Lazy<IReadOnlyList<(string Node, FileSystemFacts FileSystem)>> _all =
        new(() => [.. new BlockDevices(systemRoot).Scan().SelectMany(d => Signatures(d).Select(fs => (d.Node, fs)))]);

    /// <summary>Labels of all but one device: the slot that gets a new one.</summary>
    public IReadOnlyCollection<string> LabelsBeside(string node) =>
        _all.Value.Where(f => f.Node != node && f.FileSystem.Label.Length > 0).Select(f => f.FileSystem.Label).ToHashSet();

    /// <summary>The devices that have this label: more than one is a lottery at boot.</summary>
    public IReadOnlyList<string> Labelled(string label) => [.. _all.Value.Where(f => f.FileSystem.Label == label).Select(f => f.Node).Distinct()];

    /// <summary>The UUID of the swap area that fstab names so; null for a name that means none or several here.</summary>
    public string? SwapUuid(string spec) => Only(Named(spec).Where(f => f.Type == "swap"));

    /// <summary>The UUID of what is on that device; null when there is nothing, or more than one thing.</summary>
    public string? UuidOf(string device) => Only(Named(device));

    /// <summary>A drive without a medium, or one that a container may not read, has none for us.</summary>
    private static IReadOnlyList<FileSystemFacts> Signatures(BlockDevice device)
    {
        try
        {
            return [.. DeviceBytes.ReadSignatures(device.Node, device.SizeBytes)];
        }
        catch (LinuxException e) when (e.Errno is Errno.EPERM or Errno.ENXIO or Errno.ENOMEDIUM)
        {
            return [];
        }
    }

    private IEnumerable<FileSystemFacts> Named(string spec)
    {
        var cut = spec.IndexOf('=');
        var (kind, value) = cut > 0 ? (spec[..cut], spec[(cut + 1)..].Trim('"')) : ("", spec);
        return _all.Value.Where(f => kind switch
        {
            "UUID" => string.Equals(f.FileSystem.Uuid, value, StringComparison.OrdinalIgnoreCase),
            "LABEL" => f.FileSystem.Label == value,
            _ => f.Node == (Path.Exists(value) ? File.ResolveLinkTarget(value, true)?.FullName ?? value : value),
        }).Select(f => f.FileSystem);
    }

    private static string? Only(IEnumerable<FileSystemFacts> found) => found.Select(f => f.Uuid).Where(u => u.Length > 0).Distinct().ToList() is [var only] ? only : null;
}
