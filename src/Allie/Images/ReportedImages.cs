using System.Text.Json;

namespace Allie.Images;

/// <summary>
/// Which generations a PC's report says it has: every JSON object in it with a "generation" and an "image" (or "name"), wherever it stands,
/// so that a report of a newer or older allie protects as well.
/// </summary>
public static class ReportedImages
{
    /// <summary>Bytes; a report is a few kilobytes, and a PC may be hostile.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Null when it is no JSON.</summary>
    public static IReadOnlyList<(string Image, int Generation)>? Parse(ReadOnlyMemory<byte> report)
    {
        try
        {
            using var document = JsonDocument.Parse(report, new JsonDocumentOptions { MaxDepth = 32 });
            var found = new List<(string, int)>();
            Look(document.RootElement, found);
            return found;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Look(JsonElement element, List<(string, int)> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Look(item, found);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (Text(element, "image") is { } name || (name = Text(element, "name")) is not null)
            {
                if (element.TryGetProperty("generation", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var generation))
                {
                    found.Add((name, generation));
                }
            }

            foreach (var property in element.EnumerateObject())
            {
                Look(property.Value, found);
            }
        }
    }

    private static string? Text(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
