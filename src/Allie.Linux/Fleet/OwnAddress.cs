using System.Net;
using System.Net.Sockets;

namespace Allie.Linux.Fleet;

/// <summary>The address that this PC has towards the world.</summary>
public static class OwnAddress
{
    /// <summary>The source address of the default route; null without one. Nothing is sent: connect(2) of a datagram socket only chooses the route.</summary>
    public static string? OfDefaultRoute()
    {
        foreach (var (family, far) in new[] { (AddressFamily.InterNetwork, "192.0.2.1"), (AddressFamily.InterNetworkV6, "2001:db8::1") })
        {
            try
            {
                using var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
                socket.Connect(IPAddress.Parse(far), 9);
                return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
            }
            catch (SocketException)
            {
                // no route of this family
            }
        }

        return null;
    }
}
