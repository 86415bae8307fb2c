using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Allie.Overlays;

/// <summary>Somebody works on this PC by hand: overlays are not applied until then.</summary>
/// <param name="Reason">In that person's words.</param>
/// <param name="Since">When it was said.</param>
/// <param name="Until">When it ends by itself; null: not before `allie enable`.</param>
public sealed record DisabledMark(string Reason, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>Where it is, below our state directory.</summary>
    public const string Name = "disabled";

    public bool IsOver(DateTimeOffset now) => Until <= now;

    /// <summary>A mark that cannot be read still stands: somebody wanted a stop.</summary>
    public static DisabledMark Parse(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject mark)
            {
                return new((string?)mark["reason"] ?? "", Time((string?)mark["since"]) ?? default, Time((string?)mark["until"]));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
        }

        return new("(the mark cannot be read)", default, null);
    }

    public JsonObject Json() => new() { ["reason"] = Reason, ["since"] = Text(Since), ["until"] = Until is { } until ? Text(until) : null };

    public string Format() => Json().ToJsonString() + "\n";

    public override string ToString() => $"overlays are disabled here since {Text(Since)}{(Until is { } until ? " until " + Text(until) : "")}: {Reason}";

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
