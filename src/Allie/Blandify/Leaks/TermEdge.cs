namespace Allie.Blandify.Leaks;

/// <summary>What may not stand beside a match, so that pc07 is not found in pc071.</summary>
public enum TermEdge
{
    None,

    /// <summary>No letter or digit.</summary>
    Word,

    /// <summary>No hexadecimal digit.</summary>
    Hex,

    /// <summary>No digit, and no dot with a digit behind it.</summary>
    Address,
}
