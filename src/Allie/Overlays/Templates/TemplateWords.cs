using System.Text;

namespace Allie.Overlays.Templates;

/// <summary>The words of one tag: names, | and texts in quotes (with the quotes still before them), and where each begins.</summary>
internal static class TemplateWords
{
    internal static (string Word, int At)[] Of(TemplateSource source, TemplateToken tag)
    {
        var words = new List<(string, int)>();
        for (var i = 0; i < tag.Text.Length;)
        {
            var start = i;
            switch (tag.Text[i])
            {
                case ' ' or '\t':
                    i++;
                    continue;
                case '|':
                    i++;
                    words.Add(("|", tag.At + start));
                    continue;
                case '"':
                    words.Add(('"' + Quoted(source, tag, ref i), tag.At + start));
                    continue;
            }

            while (i < tag.Text.Length && tag.Text[i] is not (' ' or '\t' or '|' or '"'))
            {
                i++;
            }

            words.Add((tag.Text[start..i], tag.At + start));
        }

        return [.. words];
    }

    /// <summary>Backslash takes the next character as it is.</summary>
    private static string Quoted(TemplateSource source, TemplateToken tag, ref int i)
    {
        var (start, value) = (i, new StringBuilder());
        for (i++; i < tag.Text.Length; i++)
        {
            switch (tag.Text[i])
            {
                case '"':
                    i++;
                    return value.ToString();
                case '\\' when i + 1 < tag.Text.Length:
                    i++;
                    break;
            }

            value.Append(tag.Text[i]);
        }

        throw source.Fault(tag.At + start, "a '\"' that nothing closes");
    }
}
