namespace Allie.Installers;

/// <summary>What is to be bootstrapped.</summary>
/// <param name="Suite">trixie, noble, ...</param>
/// <param name="Packages">All that is asked for; apt adds what these need.</param>
/// <param name="Sources">"deb" lines; they stay in the tree's sources.list.</param>
/// <param name="Fstab">The root line of the tree's fstab.</param>
public sealed record BootstrapRequest(string Suite, string Variant, IReadOnlyList<string> Packages, IReadOnlyList<string> Sources, string Fstab);
