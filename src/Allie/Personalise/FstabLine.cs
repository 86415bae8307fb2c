using System.Text.RegularExpressions;

namespace Allie.Personalise;

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

    /// <summary>Blanks in a field are octal escapes, getmntent(3).</summary>
    public static string Decode(string field) =>
        field.Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\043", "#").Replace("\\134", "\\");

    /// <summary>Another spec in the same line: every other byte stays.</summary>
    public FstabLine WithSpec(string spec) => With("spec", spec);

    public FstabLine WithPoint(string point) => With("point", point);

    /// <summary>With one more option, unless it is there.</summary>
    public FstabLine WithOption(string option) =>
        Options.Split(',').Contains(option) ? this
        : Options.Length > 0 ? With("options", $"{Options},{option}")
        : Parse($"{Text.TrimEnd()}\tdefaults,{option}");

    private FstabLine With(string field, string value)
    {
        var at = Fields().Match(Text).Groups[field];
        return Parse(Text[..at.Index] + value + Text[(at.Index + at.Length)..]);
    }

    [GeneratedRegex(@"^\s*(?<spec>[^\s#]\S*)\s+(?<point>\S+)\s+(?<type>\S+)([ \t]+(?<options>[^\s#]\S*))?")]
    private static partial Regex Fields();
}
