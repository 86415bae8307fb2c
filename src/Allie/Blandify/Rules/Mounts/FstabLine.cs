using System.Text.RegularExpressions;

namespace Allie.Blandify.Rules.Mounts;

/// <summary>One line of fstab(5), with what is between its fields, so that a line can be rewritten in one field.</summary>
public sealed partial record FstabLine(string Raw, string Spec, string Point, string Type, string Options)
{
    /// <summary>Null for a comment, a blank line, or one with fewer than three fields.</summary>
    public static FstabLine? TryParse(string raw)
    {
        var fields = raw.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 3 || fields[0].StartsWith('#')
            ? null
            : new(raw, Decode(fields[0]).Replace("\"", ""), Decode(fields[1]), fields[2], fields.Length > 3 ? fields[3] : "");
    }

    public IReadOnlyList<string> OptionList => Options.Split(',', StringSplitOptions.RemoveEmptyEntries);

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
                    parts.Insert(count++, (" ", text));
                }
            }
        }

        var end = Raw[Raw.AsSpan().TrimEnd(" \t\r").Length..];
        return string.Concat(parts.Select(p => p.Blank + p.Text)) + end;
    }

    /// <summary>Blanks in a field are octal escapes (getmntent(3)).</summary>
    private static string Decode(string field) =>
        field.Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\043", "#").Replace("\\134", "\\");

    [GeneratedRegex(@"([ \t]*)([^ \t\r]+)")]
    private static partial Regex Fields();
}
