using System.Net;
using System.Net.Sockets;

namespace Allie.EndToEnd.Shared;

internal static class FreePort
{
    /// <summary>Nobody listens on it now.</summary>
    internal static int Find()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
