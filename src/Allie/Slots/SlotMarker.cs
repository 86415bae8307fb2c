using System.Text.Json;
using System.Text.Json.Nodes;

namespace Allie.Slots;

/// <summary>
/// /var/lib/allie/slot.json inside a slot: written last by prep, so a slot that has it holds a complete image.
/// </summary>
/// <param name="PreparedAt">UTC, ISO 8601.</param>
public sealed record SlotMarker(string Image, int Generation, string Slot, string FsUuid, string PreparedAt)
{
    /// <summary>Where it is in a slot.</summary>
    public const string Path = "var/lib/allie/slot.json";

    public string Format() =>
        new JsonObject { ["image"] = Image, ["generation"] = Generation, ["slot"] = Slot, ["fsUuid"] = FsUuid, ["preparedAt"] = PreparedAt }.ToJsonString() + "\n";

    /// <summary>Null when the text is damaged or from something else: a slot without a sound marker is not complete.</summary>
    public static SlotMarker? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject o
                && o["image"]?.GetValue<string>() is { } image && o["generation"]?.GetValue<int>() is { } generation
                && o["slot"]?.GetValue<string>() is { } slot && o["fsUuid"]?.GetValue<string>() is { } uuid
                ? new(image, generation, slot, uuid, o["preparedAt"]?.GetValue<string>() ?? "")
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
