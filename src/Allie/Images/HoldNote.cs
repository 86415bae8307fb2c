using System.Globalization;

namespace Allie.Images;

/// <summary>Why an image is held, and which generation was its newest when the hold began: what is published after that waits for the release.</summary>
public sealed record HoldNote(string Reason, int Newest)
{
    /// <summary>The first line is the number; a file made by hand (touch) holds from generation 0.</summary>
    public static HoldNote Parse(string text)
    {
        var lines = text.Split('\n', 2);
        return int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var newest)
            ? new(lines.Length > 1 ? lines[1].Trim() : "", newest)
            : new(text.Trim(), 0);
    }

    public string Format() => $"{Newest}\n{Reason}\n";
}
