using Allie.Files;

namespace Allie.Blandify.Rules.Mounts;

/// <summary>
/// The line of / in an fstab, for another file system: its label, its type, and no option that the type does not know, as mount(8) fails on those and
/// the PC stops. What fits stays byte for byte.
/// </summary>
public static class RootLine
{
    private static readonly string[] BtrfsOnly = ["compress", "ssd", "space_cache", "autodefrag", "nossd"];

    /// <param name="line">As it is.</param>
    /// <param name="label">Of the file system.</param>
    /// <param name="newType">Its type; null keeps the line's.</param>
    public static string For(FstabLine line, string label, string? newType)
    {
        var type = line.Type == "auto" ? line.Type : newType ?? line.Type;
        var kept = line.OptionList.Where(o => !IsSubvolume(o) && o != "x-systemd.device-timeout=0"
            && (type == line.Type || !BtrfsOnly.Any(b => o.StartsWith(b, StringComparison.Ordinal)))
            && (type == line.Type || IsExt(type) || !o.StartsWith("errors=", StringComparison.Ordinal))).ToList();
        var options = kept.Count == line.OptionList.Count ? null : string.Join(',', kept.DefaultIfEmpty("defaults"));
        var check = IsExt(type) ? "1" : "0";
        return type == line.Type
            ? line.With("LABEL=" + label, null, null, options)
            : line.With("LABEL=" + label, null, type, options ?? (line.Options.Length > 0 ? null : "defaults"), check, check);
    }

    internal static bool IsSubvolume(string option) =>
        option.StartsWith("subvol=", StringComparison.Ordinal) || option.StartsWith("subvolid=", StringComparison.Ordinal);

    private static bool IsExt(string type) => type.StartsWith("ext", StringComparison.Ordinal);
}
