namespace Allie.Blandify.Identities;

/// <summary>Something that tells one machine from others.</summary>
/// <param name="Kind">One of <see cref="TraitKind"/>.</param>
/// <param name="Value">One byte per char, in the form in which it is compared: lower case but for keys and names of disks.</param>
public sealed record Trait(string Kind, string Value);
