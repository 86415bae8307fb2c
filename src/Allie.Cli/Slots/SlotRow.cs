using System.Text.Json.Nodes;
using Allie.Slots;

namespace Allie.Cli.Slots;

/// <summary>One slot as it is shown, for people and as JSON.</summary>
internal sealed record SlotRow(SlotFacts Facts, SlotContent Content, IReadOnlyList<SlotRefusal> Refusals)
{
    internal bool IsSpare => Refusals.Count == 0;

    private string State => Facts.IsRunningRoot ? "active" : IsSpare ? "spare" : "refused";

    internal IReadOnlyList<string> Cells() =>
    [
        Facts.Name, Facts.DevicePath, $"{Facts.SizeBytes / (1024.0 * 1024 * 1024):0.0} GiB", Facts.FileSystem?.ToString() ?? "empty",
        Content.Stamp is { } stamp ? $"{stamp.Name} {stamp.Generation}" : "-", State,
        Facts.IsRunningRoot || IsSpare ? "" : Refusals[0].Sentence,
    ];

    internal JsonObject Json() => new()
    {
        ["name"] = Facts.Name,
        ["device"] = Facts.DevicePath,
        ["size_bytes"] = Facts.SizeBytes,
        ["part_uuid"] = Facts.PartUuid,
        ["declared_by"] = Facts.DeclaredBy == SlotDeclaration.Settings ? "settings" : "partition name",
        ["file_system"] = Facts.FileSystem is { } fs ? new JsonObject { ["type"] = fs.Type, ["label"] = fs.Label, ["uuid"] = fs.Uuid } : null,
        ["image"] = Content.Stamp?.Name,
        ["generation"] = Content.Stamp?.Generation,
        ["complete"] = Content.Marker is not null,
        ["mounted_at"] = new JsonArray([.. Facts.MountedAt.Select(p => (JsonNode)p)]),
        ["state"] = State,
        ["refusals"] = new JsonArray([.. Refusals.Select(r => new JsonObject { ["rule"] = r.Rule, ["reason"] = r.Sentence, ["hint"] = r.Hint })]),
    };
}
