using System.Text.RegularExpressions;
using Allie.Errors;
using Allie.Files;

namespace Allie.Blandify.Table;

/// <summary>A regular expression of a rule, with its place: one that runs away on some text is told by where it was written.</summary>
public sealed class LinePattern
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    private readonly Regex _expression;
    private readonly string _place;

    /// <param name="text">The expression.</param>
    /// <param name="place">Rule, file, line and column.</param>
    /// <param name="most">The time for one text; null for 10 s.</param>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public LinePattern(string text, string place, TimeSpan? most = null)
    {
        _place = place;
        _expression = new(text, RegexOptions.Multiline | RegexOptions.CultureInvariant, most ?? Most);
    }

    /// <param name="text">A line, or a whole text.</param>
    /// <param name="path">Of the file that it is from.</param>
    /// <exception cref="UserError">It took too long.</exception>
    public bool IsMatch(string text, ImagePath path)
    {
        try
        {
            return _expression.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new UserError(
                $"cannot use {_place}: it was not done with {path} after {_expression.MatchTimeout.TotalSeconds:0.###} s",
                "repetition within repetition, (a+)+, tries every way to split a text; write it with one only");
        }
    }
}
