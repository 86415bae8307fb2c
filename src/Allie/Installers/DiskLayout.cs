using System.Text.Json;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>A disk as "sfdisk --json DISK" tells it. Start and Size in bytes.</summary>
public sealed record DiskLayout(string Device, IReadOnlyList<DiskLayout.Part> Parts)
{
    public const string EfiType = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";

    public sealed record Part(int Number, long Start, long Size, string Type, string Uuid, string Name);

    /// <exception cref="UserError">Exit 2: not that output, or no GPT.</exception>
    public static DiskLayout Parse(string json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var table = document.RootElement.GetProperty("partitiontable");
            if (table.GetProperty("label").GetString() != "gpt")
            {
                throw UserError.Refused($"{file}: the disk has no GPT, so a slot has no name in it", "allie installer bootstrap works on any disk");
            }

            var sector = table.TryGetProperty("sectorsize", out var size) ? size.GetInt64() : 512;
            var device = table.GetProperty("device").GetString() is { } name && name.StartsWith("/dev/", StringComparison.Ordinal) && !name.Any(c => c <= ' ' || "{}[],:#'\"&*!|>%@`".Contains(c))
                ? name : throw new FormatException(); // it is written into YAML
            return new(device, [.. table.GetProperty("partitions").EnumerateArray().Select(p => One(p, device, sector))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw UserError.Refused($"{file} is not what sfdisk --json prints", "on the golden PC: sfdisk --json /dev/sda > sda.json");
        }
    }

    /// <exception cref="UserError">Exit 2: none or two, or no slot.</exception>
    public Part Slot(InstallTarget target)
    {
        var found = Parts.Where(p => target.Kind switch
        {
            "PARTLABEL" => p.Name == target.Value,
            "PARTUUID" => string.Equals(p.Uuid, target.Value, StringComparison.OrdinalIgnoreCase),
            _ => throw UserError.Refused("a file-system label does not stand in the partition table", "--target PARTLABEL=allie-b or PARTUUID=..."),
        }).ToList();
        return found.Count != 1
            ? throw UserError.Refused($"{Device} has {found.Count} partitions {target}, not one")
            : Slots.SlotName.OfPartition(found[0].Name) is null
                ? throw UserError.Refused($"partition {found[0].Number} of {Device} is no slot: its name is '{found[0].Name}'", $"sfdisk --part-label {Device} {found[0].Number} allie-b")
                : found[0];
    }

    private static Part One(JsonElement part, string device, long sector)
    {
        string Text(string name) => part.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        var node = Text("node");
        return new(
            int.Parse(node.StartsWith(device, StringComparison.Ordinal) ? node[device.Length..].TrimStart('p') : ""), part.GetProperty("start").GetInt64() * sector, part.GetProperty("size").GetInt64() * sector,
            Text("type"), Text("uuid").ToLowerInvariant(), Text("name"));
    }
}
