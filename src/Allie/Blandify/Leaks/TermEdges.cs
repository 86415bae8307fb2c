namespace Allie.Blandify.Leaks;

/// <summary>Whether what stands beside a find lets it be one.</summary>
public static class TermEdges
{
    public static bool Fit(TermEdge edge, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var left = before.IsEmpty ? '\0' : (char)before[^1];
        var right = after.IsEmpty ? '\0' : (char)after[0];
        return edge switch
        {
            TermEdge.Word => !char.IsAsciiLetterOrDigit(left) && !char.IsAsciiLetterOrDigit(right),
            TermEdge.Hex => !char.IsAsciiHexDigit(left) && !char.IsAsciiHexDigit(right),
            TermEdge.Address => !char.IsAsciiHexDigit(left) && left is not ('.' or ':') && !char.IsAsciiHexDigit(right)
                && !(right is '.' or ':' && after.Length > 1 && char.IsAsciiHexDigit((char)after[1])),
            _ => true,
        };
    }
}
