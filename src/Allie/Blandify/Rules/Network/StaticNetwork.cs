namespace Allie.Blandify.Rules.Network;

/// <summary>What becomes of an address that was typed in on the captured PC: a hundred PCs that start with one address are an outage.</summary>
public enum StaticNetwork
{
    /// <summary>The profile asks by DHCP; a PC gets its own fixed address back when it is personalised.</summary>
    Dhcp,
    Keep,

    /// <summary>The profile goes: no network until the PC is personalised, for sites where DHCP must not answer either.</summary>
    Drop,
}
