namespace Allie.Installers.Lint;

/// <summary>A place in a text that is read letter by letter, with the line it is on, from 1.</summary>
internal sealed class TextCursor(string text)
{
    private int _at;

    public int Line { get; private set; } = 1;

    public bool IsAtEnd => _at >= text.Length;

    /// <summary>The letter to come; \0 at the end.</summary>
    public char Next => IsAtEnd ? '\0' : text[_at];

    public char Take()
    {
        var letter = text[_at++];
        Line += letter == '\n' ? 1 : 0;
        return letter;
    }

    /// <summary>All up to the letter, and the letter too, which is not given back; or all there is.</summary>
    public string TakeThrough(char end)
    {
        var start = _at;
        while (!IsAtEnd)
        {
            if (Take() == end)
            {
                return text[start..(_at - 1)];
            }
        }

        return text[start..];
    }

    /// <summary>From an opening bracket, which is to come, to the one that closes it; or all there is.</summary>
    public string TakeBracket(char open, char close)
    {
        var (start, depth) = (_at, 0);
        do
        {
            var letter = Take();
            depth += letter == open ? 1 : letter == close ? -1 : 0;
        }
        while (depth > 0 && !IsAtEnd);
        return text[start.._at];
    }
}
