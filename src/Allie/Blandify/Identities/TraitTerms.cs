using Allie.Blandify.Leaks;

namespace Allie.Blandify.Identities;

/// <summary>The forms in which a trait may stand in a file.</summary>
public static class TraitTerms
{
    public static IEnumerable<Term> Of(Identity identity) => identity.Traits.SelectMany(Of).DistinctBy(t => (t.Kind, t.Literal));

    private static IEnumerable<Term> Of(Trait trait) => trait.Kind switch
    {
        TraitKind.HostName => [Name(trait)],
        TraitKind.MachineId => [Hex(trait, trait.Value), Hex(trait, Dashed(trait.Value))],
        TraitKind.FileSystem or TraitKind.Nvme when trait.Value.Contains('-') =>
            [Hex(trait, trait.Value), Hex(trait, trait.Value.Replace("-", "\\x2d", StringComparison.Ordinal))], // as systemd writes it in the names of units
        TraitKind.FileSystem => [Hex(trait, trait.Value)],
        TraitKind.Mac => [Hex(trait, trait.Value), Hex(trait, trait.Value.Replace(':', '-')), Hex(trait, trait.Value.Replace(":", "", StringComparison.Ordinal))],
        TraitKind.Address => [new(trait.Kind, trait.Value, TermEdge.Address) { Shown = trait.Value, OnlySiteFiles = true, AnyCase = true }],
        TraitKind.HostKey => [new(trait.Kind, trait.Value) { Shown = "a part of its SSH host key" }],
        _ => [new(trait.Kind, trait.Value, TermEdge.Word) { Shown = trait.Value, AnyCase = true }],
    };

    /// <summary>A name of letters alone may be a word of the language: "ruby" is in half of what packages bring.</summary>
    private static Term Name(Trait trait) =>
        new(trait.Kind, trait.Value, TermEdge.Word) { Shown = trait.Value, AnyCase = true, OnlySiteFiles = trait.Value.All(char.IsAsciiLetter) };

    private static Term Hex(Trait trait, string form) => new(trait.Kind, form, TermEdge.Hex) { Shown = trait.Value, AnyCase = true };

    private static string Dashed(string id) => $"{id[..8]}-{id[8..12]}-{id[12..16]}-{id[16..20]}-{id[20..]}";
}
