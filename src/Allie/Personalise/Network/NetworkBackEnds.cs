namespace Allie.Personalise.Network;

/// <summary>The back ends that are known.</summary>
internal static class NetworkBackEnds
{
    // The first that an image has is what it is set up with: netplan writes for others, a desktop has NetworkManager before all.
    internal static readonly INetworkBackEnd[] All = [new Netplan(), new NetworkManager(), new Ifcfg(suse: true), new Networkd(), new Ifupdown(), new Ifcfg(suse: false)];
}
