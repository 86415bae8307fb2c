namespace Allie.Plans;

/// <summary>A number with its word, as people read it: "1 file", "2 files".</summary>
public static class Counted
{
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one; more have an s behind it.</param>
    public static string Of(int count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";
}
