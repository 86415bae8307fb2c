using System.Text;

namespace Allie.Installers;

/// <summary>What a client of installer serve asks for, or the status that it gets instead (RFC 9112, as much of it as GET needs).</summary>
/// <param name="Names">The path's parts; none for the directory itself.</param>
/// <param name="Refusal">0, 400 or 405.</param>
public sealed record HttpRequest(IReadOnlyList<string> Names, bool IsHead, int Refusal)
{
    /// <summary>Bytes of request line and headers together.</summary>
    public const int MostBytes = 8192;

    /// <param name="head">Up to the empty line.</param>
    public static HttpRequest Parse(string head)
    {
        var words = head.Split('\n')[0].TrimEnd('\r').Split(' ');
        if (words.Length != 3 || !words[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            return new([], false, 400);
        }

        if (words[0] is not ("GET" or "HEAD"))
        {
            return new([], false, 405);
        }

        return Path(words[1]) is { } names ? new(names, words[0] == "HEAD", 0) : new([], false, 400);
    }

    /// <summary>Null: not a path that stays below the directory.</summary>
    private static List<string>? Path(string target)
    {
        if (!target.StartsWith('/') || Decode(target.Split('?', '#')[0]) is not { } path || path.Any(c => c < ' ' || c is '\\' or '\u007f' or '\ufffd'))
        {
            return null;
        }

        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        return names.Any(n => n is "." or "..") ? null : names;
    }

    private static string? Decode(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes.Add(text[i] < 0x80 ? (byte)text[i] : (byte)0);
            }
            else if (i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
