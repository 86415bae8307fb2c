using System.Diagnostics;
using Allie.EndToEnd.Shared;

namespace Allie.EndToEnd.Prep;

/// <summary>A client's and a server's network namespace with one cable between them and nothing else; gone with this.</summary>
public sealed class TwoNetworks : IDisposable
{
    public const string ServerAddress = "10.213.7.1";

    private readonly Process _server = Holder();
    private readonly Process _client = Holder();

    public TwoNetworks() => Shell.Run($"""
        nsenter -t {_server.Id} -n ip link add cable type veth peer name cable netns {_client.Id}
        nsenter -t {_server.Id} -n ip addr add {ServerAddress}/24 dev cable
        nsenter -t {_client.Id} -n ip addr add 10.213.7.2/24 dev cable
        Link=up
        for n in {_server.Id} {_client.Id}; do nsenter -t $n -n ip link set cable $Link; nsenter -t $n -n ip link set lo up; done
        """);

    /// <summary>Words before a program that runs there.</summary>
    public string[] Server => ["nsenter", "-t", $"{_server.Id}", "-n"];

    public string[] Client => ["nsenter", "-t", $"{_client.Id}", "-n"];

    public void Cable(bool up) => Shell.Run($"nsenter -t {_server.Id} -n ip link set cable {(up ? "up" : "down")}");

    public void Dispose()
    {
        foreach (var holder in new[] { _server, _client })
        {
            holder.StandardInput.Close();
            holder.WaitForExit();
            holder.Dispose();
        }
    }

    private static Process Holder()
    {
        var holder = Shell.Start("unshare", "-n", "bash", "-c", "echo there; exec cat");
        return holder.StandardOutput.ReadLine() == "there" ? holder : throw new InvalidOperationException("no network namespace");
    }
}
