namespace Allie.Personalise.Network;

/// <summary>A network card as the running kernel calls it.</summary>
/// <param name="Name">"eth0", "enp3s0".</param>
/// <param name="Mac">Lower case, with colons.</param>
public sealed record NetworkCard(string Name, string Mac);
