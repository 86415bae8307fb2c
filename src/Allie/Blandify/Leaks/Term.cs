namespace Allie.Blandify.Leaks;

/// <summary>One string of bytes (one per char) to look for in a tree.</summary>
/// <param name="Kind">What a find is told as: "hostname", "mac", "private-key".</param>
/// <param name="Literal">At least <see cref="ByteSearch.Shortest"/> bytes.</param>
/// <param name="Edge">What may not stand beside it.</param>
public sealed record Term(string Kind, string Literal, TermEdge Edge = TermEdge.None)
{
    /// <summary>Letters of either case are the same.</summary>
    public bool AnyCase { get; init; }

    /// <summary>Not looked for where only packages write: a common word or an address of an example would be found there without meaning anything.</summary>
    public bool OnlySiteFiles { get; init; }

    /// <summary>What a report says was found.</summary>
    public required string Shown { get; init; }

    /// <summary>Identity of the captured machine; otherwise a sign of a secret.</summary>
    public bool IsIdentity { get; init; } = true;
}
