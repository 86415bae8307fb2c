using Allie.Linux.Slots;
using Allie.Slots;

namespace Allie.Linux.Prep;

/// <summary>Every file system and swap area on this PC, by device node.</summary>
public sealed class PcFileSystems(string systemRoot = "/")
{
    private readonly IReadOnlyList<(string Node, FileSystemFacts FileSystem)> _all =
        [.. new BlockDevices(systemRoot).Scan().SelectMany(d => DeviceBytes.ReadSignatures(d.Node, d.SizeBytes).Select(fs => (d.Node, fs)))];

    /// <summary>Labels of all but one device: the slot that gets a new one.</summary>
    public IReadOnlyCollection<string> LabelsBeside(string node) =>
        _all.Where(f => f.Node != node && f.FileSystem.Label.Length > 0).Select(f => f.FileSystem.Label).ToHashSet();

    /// <summary>UUIDs of the swap areas that fstab names so; a name that means none or several here is left out.</summary>
    public IReadOnlyList<string> SwapUuids(IEnumerable<string> specs) =>
        [.. specs.Select(SwapUuid).OfType<string>().Distinct()];

    private string? SwapUuid(string spec)
    {
        var cut = spec.IndexOf('=');
        var (kind, value) = cut > 0 ? (spec[..cut], spec[(cut + 1)..].Trim('"')) : ("", spec);
        var found = _all.Where(f => f.FileSystem is { Type: "swap", Uuid.Length: > 0 }).Where(f => kind switch
        {
            "UUID" => string.Equals(f.FileSystem.Uuid, value, StringComparison.OrdinalIgnoreCase),
            "LABEL" => f.FileSystem.Label == value,
            _ => f.Node == (Path.Exists(value) ? File.ResolveLinkTarget(value, true)?.FullName ?? value : value),
        }).Select(f => f.FileSystem.Uuid).Distinct().ToList();
        return found is [var only] ? only : null;
    }
}
