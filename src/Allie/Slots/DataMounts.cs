namespace Allie.Slots;

/// <summary>
/// Whether an fstab or crypttab names a partition for something else than its own root (R13). By every name that mount(8) and
/// crypttab(5) know.
/// </summary>
public static class DataMounts
{
    /// <param name="slot">The partition.</param>
    /// <param name="owner">Whose files these are: "the running system", "slot a".</param>
    /// <param name="content">Its fstab and crypttab.</param>
    /// <returns>"/home of the running system".</returns>
    public static IReadOnlyList<string> Of(SlotFacts slot, string owner, SlotContent content) =>
    [
        .. Lines(content.Fstab).Where(f => f.Length >= 2 && f[1] != "/" && Means(f[0], slot)).Select(f => $"{(f[1] is "none" or "swap" ? "swap" : f[1])} in the fstab of {owner}"),
        .. Lines(content.Crypttab).Where(f => f.Length >= 2 && Means(f[1], slot)).Select(f => $"{f[0]} in the crypttab of {owner}"),
    ];

    private static bool Means(string spec, SlotFacts slot)
    {
        var cut = spec.IndexOf('=');
        var (kind, value) = cut > 0 && spec[0] != '/' ? (spec[..cut], spec[(cut + 1)..].Trim('"')) : ("", spec);
        (kind, value) = value switch
        {
            _ when kind.Length > 0 => (kind, value),
            _ when Below(value, "/dev/disk/by-uuid/") is { } v => ("UUID", v),
            _ when Below(value, "/dev/disk/by-label/") is { } v => ("LABEL", v),
            _ when Below(value, "/dev/disk/by-partuuid/") is { } v => ("PARTUUID", v),
            _ when Below(value, "/dev/disk/by-partlabel/") is { } v => ("PARTLABEL", v),
            _ => ("", value),
        };
        return kind switch
        {
            "UUID" => slot.Signatures.Any(s => s.Uuid.Length > 0 && Same(s.Uuid, value)),
            "LABEL" => slot.Signatures.Any(s => s.Label.Length > 0 && s.Label == value),
            "PARTUUID" => slot.PartUuid.Length > 0 && Same(slot.PartUuid, value),
            "PARTLABEL" => slot.PartName.Length > 0 && slot.PartName == value,
            _ => value == slot.DevicePath,
        };
    }

    private static string? Below(string path, string directory) => path.StartsWith(directory, StringComparison.Ordinal) ? path[directory.Length..] : null;

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string[]> Lines(string text) =>
        text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(f => f.Replace("\\040", " ")).ToArray());
}
