using System.Globalization;

namespace Allie.Linux.Fleet;

/// <summary>TCP ports of this network namespace on which something listens (proc_net_tcp(5)).</summary>
public static class ListeningPorts
{
    private const string Listen = "0A";

    public static bool Has(int port) => Read("/proc/net/tcp").Concat(Read("/proc/net/tcp6")).Contains(port);

    private static IEnumerable<int> Read(string table) => !File.Exists(table)
        ? []
        : File.ReadLines(table).Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f => f.Length > 3 && f[3] == Listen)
            .Select(f => int.Parse(f[1].AsSpan(f[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
