using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Slots;

namespace Allie.Linux.Slots;

/// <summary>Which block device a first field of fstab means: by superblocks and partition tables, as in a private /dev there is no udev and no by-uuid.</summary>
public sealed class DeviceNames(string systemRoot = "/")
{
    private readonly IReadOnlyList<BlockDevice> _devices = new BlockDevices(systemRoot).Scan();
    private readonly Dictionary<string, FileSystemFacts?> _contents = [];
    private List<SlotFinder.Part>? _parts;

    /// <returns>The node; null when it means none here, or several.</returns>
    public string? Find(string spec)
    {
        var (kind, value) = Split(spec);
        var found = _devices.Where(d => kind switch
        {
            "UUID" => string.Equals(Content(d)?.Uuid, value, StringComparison.OrdinalIgnoreCase),
            "LABEL" => Content(d)?.Label == value,
            "PARTUUID" => string.Equals(Part(d)?.PartUuid, value, StringComparison.OrdinalIgnoreCase),
            "PARTLABEL" => Part(d)?.PartName == value,
            _ => d.Number == Number(value),
        }).Select(d => d.Node).ToList();
        return value.Length > 0 && found is [var only] ? only : null;
    }

    /// <summary>What is on it, for mount(2), which wants the type; null when it has none or several.</summary>
    public FileSystemFacts? Content(string node) => _devices.FirstOrDefault(d => d.Node == node) is { } device ? Content(device) : null;

    public FileSystemFacts? ContentOfNumber(string number) => _devices.FirstOrDefault(d => d.Number == number) is { } device ? Content(device) : null;

    /// <summary>"8:3", as mountinfo has it.</summary>
    public string? NumberOf(string node) => _devices.FirstOrDefault(d => d.Node == node)?.Number;

    private SlotFinder.Part? Part(BlockDevice device) => (_parts ??= SlotFinder.Partitions(_devices)).FirstOrDefault(p => p.Device == device);

    private FileSystemFacts? Content(BlockDevice device)
    {
        if (!_contents.TryGetValue(device.Node, out var content))
        {
            _contents[device.Node] = content = Read(device);
        }

        return content;
    }

    /// <summary>A container has nodes that it may not open: whatever is on them, it is nothing of this system.</summary>
    private static FileSystemFacts? Read(BlockDevice device)
    {
        try
        {
            return DeviceBytes.ReadSignatures(device.Node, device.SizeBytes) is [var only] ? only : null;
        }
        catch (LinuxException)
        {
            return null;
        }
    }

    /// <summary>LABEL="x y" and the links of udev mean the same.</summary>
    private static (string Kind, string Value) Split(string spec)
    {
        foreach (var (directory, kind) in new[] { ("uuid", "UUID"), ("label", "LABEL"), ("partuuid", "PARTUUID"), ("partlabel", "PARTLABEL") })
        {
            var prefix = $"/dev/disk/by-{directory}/";
            if (spec.StartsWith(prefix, StringComparison.Ordinal))
            {
                return (kind, spec[prefix.Length..]);
            }
        }

        var cut = spec.IndexOf('=');
        return cut > 0 && !spec.StartsWith('/') ? (spec[..cut], spec[(cut + 1)..].Trim('"')) : ("", spec);
    }

    private string? Number(string path)
    {
        if (!path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return null;
        }

        // /dev/vg/root is a link to ../dm-0
        var node = (Path.Exists(path) ? File.ResolveLinkTarget(path, true)?.FullName : null) ?? path;
        using var root = ImageRoot.Open(systemRoot);
        return root.TryStat(ImagePath.Of(node)) is { Kind: FileKind.BlockDevice } facts ? $"{facts.SpecialMajor}:{facts.SpecialMinor}" : null;
    }
}
