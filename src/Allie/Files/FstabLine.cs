using System.Text.RegularExpressions;

namespace Allie.Files;

/// <summary>One line of fstab(5), with what is between its fields, so that a line can be rewritten in one field. Spec and point are decoded.</summary>
public sealed partial record FstabLine(string Raw, string Spec, string Point, string Type, string Options)
{
    /// <summary>Null for a comment, a blank line, or one with fewer than three fields.</summary>
    public static FstabLine? TryParse(string raw)
    {
        var fields = raw.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries).TakeWhile(f => !f.StartsWith('#')).ToList();
        return fields.Count < 3 ? null : new(raw, Decode(fields[0]).Replace("\"", ""), Decode(fields[1]), fields[2], fields.Count > 3 ? fields[3] : "");
    }

    /// <summary>The lines of a file that mount something.</summary>
    public static IEnumerable<FstabLine> All(string text) => text.Split('\n').Select(TryParse).OfType<FstabLine>();

    public IReadOnlyList<string> OptionList => Options.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public FstabLine WithSpec(string spec) => TryParse(With(spec))!;

    public FstabLine WithPoint(string point) => TryParse(With(null, point))!;

    /// <summary>With one more option, unless it is there.</summary>
    public FstabLine WithOption(string option) =>
        OptionList.Contains(option) ? this : TryParse(With(null, null, null, $"{(Options.Length > 0 ? Options : "defaults")},{option}"))!;

    /// <summary>The line with other fields; every blank between and all that follows stays. A field that is not there is added where one is given.</summary>
    /// <param name="fields">New first, second, ... field; null keeps the one that is there.</param>
    public string With(params string?[] fields)
    {
        var parts = Fields().Matches(Raw).Select(m => (Blank: m.Groups[1].Value, Text: m.Groups[2].Value)).ToList();
        var count = parts.TakeWhile(p => !p.Text.StartsWith('#')).Count();
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i] is { } text)
            {
                if (i < count)
                {
                    parts[i] = (parts[i].Blank, text);
                }
                else
                {
                    parts.Insert(count, (parts[count - 1].Blank is { Length: > 0 } blank ? blank : " ", text));
                    count++;
                }
            }
        }

        var end = Raw[Raw.AsSpan().TrimEnd(" \t\r").Length..];
        return string.Concat(parts.Select(p => p.Blank + p.Text)) + end;
    }

    /// <summary>Blanks in a field are octal escapes (getmntent(3)).</summary>
    private static string Decode(string field) => Octal().Replace(field, m => ((char)Convert.ToInt32(m.Groups[1].Value, 8)).ToString());

    [GeneratedRegex(@"([ \t]*)([^ \t\r]+)")]
    private static partial Regex Fields();

    [GeneratedRegex(@"\\([0-3][0-7]{2})")]
    private static partial Regex Octal();
}
