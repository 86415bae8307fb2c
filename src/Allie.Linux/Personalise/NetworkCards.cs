using Allie.Personalise.Network;

namespace Allie.Linux.Personalise;

/// <summary>Network cards of this PC, from sysfs; no bridges and tunnels, which have no device below them.</summary>
internal static class NetworkCards
{
    private const string Places = "/sys/class/net";

    internal static IReadOnlyList<NetworkCard> OfThisPc() =>
        Directory.Exists(Places)
            ? [.. Directory.EnumerateFileSystemEntries(Places).Where(d => Path.Exists(Path.Combine(d, "device"))).Select(d => new NetworkCard(Path.GetFileName(d), Address(d))).Where(c => c.Mac.Length == 17)]
            : [];

    private static string Address(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, "address")).Trim().ToLowerInvariant();
        }
        catch (IOException)
        {
            return ""; // it was unplugged
        }
    }
}
