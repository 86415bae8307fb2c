namespace Allie.Blandify.Rules;

/// <summary>One line of fstab(5), with what is between its fields, so that a line can be rewritten in one field.</summary>
public sealed record FstabLine(string Raw, string Spec, string Point, string Type, string Options)
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

    /// <summary>The line with another first field and other options; every blank between stays.</summary>
    public string With(string spec, string options)
    {
        var at = Raw.Length - Raw.TrimStart(' ', '\t').Length;
        var text = Raw[..at] + spec + Raw[FieldEnd(at)..];
        if (options == Options)
        {
            return text;
        }

        var start = at + spec.Length;
        for (var field = 1; field <= 3; field++)
        {
            while (text[start] is ' ' or '\t')
            {
                start++;
            }

            if (field < 3)
            {
                start = text.IndexOfAny([' ', '\t'], start);
            }
        }

        return text[..start] + options + text[(start + Options.Length)..];
    }

    private int FieldEnd(int start) => Raw.IndexOfAny([' ', '\t'], start);

    /// <summary>Blanks in a field are octal escapes (getmntent(3)).</summary>
    private static string Decode(string field) =>
        field.Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\043", "#").Replace("\\134", "\\");
}
