using System.Text.RegularExpressions;

namespace Allie.Prep;

/// <summary>One line of fstab(5). A comment or empty line has no fields.</summary>
public sealed partial record FstabLine(string Text, string Spec, string Point, string Type, string Options)
{
    public bool IsMount => Spec.Length > 0;

    public static FstabLine Parse(string line)
    {
        var match = Fields().Match(line);
        return match.Success
            ? new(line, match.Groups["spec"].Value, match.Groups["point"].Value, match.Groups["type"].Value, match.Groups["options"].Value)
            : new(line, "", "", "", "");
    }

    /// <summary>Another spec in the same line: every other byte stays.</summary>
    public FstabLine WithSpec(string spec)
    {
        var at = Text.IndexOf(Spec, StringComparison.Ordinal);
        return this with { Text = Text[..at] + spec + Text[(at + Spec.Length)..], Spec = spec };
    }

    [GeneratedRegex(@"^\s*(?<spec>[^\s#]\S*)\s+(?<point>\S+)\s+(?<type>\S+)(\s+(?<options>\S+))?")]
    private static partial Regex Fields();
}
