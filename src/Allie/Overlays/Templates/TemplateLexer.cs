namespace Allie.Overlays.Templates;

/// <summary>
/// Cuts a template into text and tags. A line that holds an if, else, for or end alone leaves no line behind, so that blocks can be
/// written as they read best.
/// </summary>
internal static class TemplateLexer
{
    private const string Open = "{{";

    internal static IReadOnlyList<TemplateToken> Read(TemplateSource source)
    {
        var (text, tokens, at) = (source.Text, new List<TemplateToken>(), 0);
        for (var open = text.IndexOf(Open, StringComparison.Ordinal); open >= 0; open = text.IndexOf(Open, at, StringComparison.Ordinal))
        {
            var close = Close(source, open + Open.Length);
            var inside = text[(open + Open.Length)..close];
            var (start, end) = IsBlock(inside) ? WholeLine(text, at, open, close + 2) : (open, close + 2);
            tokens.Add(new(false, text[at..start], at));
            tokens.Add(new(true, inside, open + Open.Length));
            at = end;
        }

        tokens.Add(new(false, text[at..], at));
        return tokens;
    }

    /// <summary>The }} that ends the tag; one inside quotes does not.</summary>
    private static int Close(TemplateSource source, int from)
    {
        var (text, quoted) = (source.Text, false);
        for (var i = from; i < text.Length && text[i] != '\n'; i++)
        {
            switch (text[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '}' when !quoted && i + 1 < text.Length && text[i + 1] == '}':
                    return i;
            }
        }

        throw source.Fault(from - Open.Length, "'{{' without '}}' in the same line; for the two characters themselves write {{ \"{{\" }}");
    }

    private static bool IsBlock(string inside) =>
        inside.Trim().Split([' ', '\t'], 2)[0] is "if" or "else" or "for" or "end";

    private static (int Start, int End) WholeLine(string text, int from, int open, int close)
    {
        var start = open;
        while (start > from && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        var end = close;
        while (end < text.Length && text[end] is ' ' or '\t' or '\r')
        {
            end++;
        }

        var begins = start == 0 || text[start - 1] == '\n';
        return begins && end < text.Length && text[end] == '\n' ? (start, end + 1) : (open, close);
    }
}
