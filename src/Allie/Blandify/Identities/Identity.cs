namespace Allie.Blandify.Identities;

/// <summary>What is known of the machine that a tree was captured from.</summary>
/// <param name="Traits">What can be looked for.</param>
/// <param name="Notes">What is too short or too common to be looked for, in words.</param>
public sealed record Identity(IReadOnlyList<Trait> Traits, IReadOnlyList<string> Notes)
{
    public static readonly Identity None = new([], []);

    /// <summary>Of a tree that was looked at more than once: the first look saw what the rules then removed.</summary>
    public Identity With(Identity other) => new([.. Traits.Union(other.Traits)], [.. Notes.Union(other.Notes)]);

    /// <summary>Sorts the searchable from the rest.</summary>
    public static Identity Of(IEnumerable<Trait> traits)
    {
        var all = traits.Distinct().Select(t => (Trait: t, Why: TooCommon.Why(t))).ToList();
        return new(
            [.. all.Where(t => t.Why is null).Select(t => t.Trait)],
            [.. all.Where(t => t.Why is { Length: > 0 }).Select(t => $"{t.Trait.Kind} {t.Trait.Value} is not looked for: {t.Why}")]);
    }

    /// <summary>One line for each: kind, a blank, value.</summary>
    public string Format() => string.Concat(Traits.Select(t => $"{t.Kind} {t.Value}\n"));

    public static Identity Parse(string text) =>
        Of(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', 2)).Where(p => p.Length == 2).Select(p => new Trait(p[0], p[1])));
}
