using System.Net;
using System.Net.Sockets;
using Allie.Linux.Fleet;
using Xunit;

namespace Allie.Linux.Tests.Fleet;

public class ListeningPortsTests
{
    [Fact]
    public void A_port_counts_while_something_listens_on_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.True(ListeningPorts.Has(port));
        listener.Stop();
        Assert.False(ListeningPorts.Has(port));
    }
}
