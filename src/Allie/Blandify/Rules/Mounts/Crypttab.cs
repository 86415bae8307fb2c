using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Mounts;

/// <summary>crypttab(5): encrypted disks of the captured PC become comments. What is found by label holds on any PC.</summary>
public static class Crypttab
{
    public static string Rewrite(string text) => LineEdit.Comment(text, line => Device(line) is { } device && IsOfOnePc(device));

    public static IEnumerable<string> KeyFiles(string text) =>
        text.Split('\n').Where(l => !l.TrimStart().StartsWith('#')).Select(Fields)
            .Where(f => f.Length > 2 && f[2].StartsWith('/') && !f[2].StartsWith("/dev/", StringComparison.Ordinal))
            .Select(f => $"names the key file {f[2]}: whoever can fetch the image can read it");

    private static bool IsOfOnePc(string device) =>
        device.StartsWith("UUID=", StringComparison.Ordinal) || device.StartsWith("PARTUUID=", StringComparison.Ordinal)
        || device.StartsWith("ID=", StringComparison.Ordinal)
        || (device.StartsWith("/dev/", StringComparison.Ordinal) && !device.StartsWith("/dev/disk/by-label/", StringComparison.Ordinal)
            && !device.StartsWith("/dev/disk/by-partlabel/", StringComparison.Ordinal));

    private static string? Device(string line) => Fields(line) is { Length: > 1 } fields ? fields[1].Trim('"') : null;

    private static string[] Fields(string line) => line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
