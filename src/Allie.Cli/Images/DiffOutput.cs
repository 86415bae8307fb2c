using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Images;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>How `image diff` is told.</summary>
internal static class DiffOutput
{
    internal static void Print(ImageDifference diff, bool files)
    {
        var console = Console.Out;
        console.WriteLine($"{diff.Before} -> {diff.After}");
        foreach (var why in diff.Unread)
        {
            console.WriteLine($"packages: not known: {why}");
        }

        Section("packages", diff.Packages.Select(p => $"{Sign(p.Before, p.After)} {p.Name} {p.Before}{(p is { Before: not null, After: not null } ? " -> " : "")}{p.After}"));
        Section("kernels", diff.OtherKernel ? [$"~ {Join(diff.KernelsBefore)} -> {Join(diff.KernelsAfter)}"] : []);
        Section("set-id programs", diff.Changes.Where(c => c.IsSetId).Select(c => $"{Sign(c.Before, c.After)} {c.Path} {Mode(c.Before?.Permissions)} -> {Mode(c.After?.Permissions)}"));
        Section("capabilities", diff.Changes.Where(c => c.IsCapability).Select(c => $"{Sign(c.Before, c.After)} {c.Path} {c.Capability.Before ?? "none"} -> {c.Capability.After ?? "none"}"));
        Section("configuration", diff.Changes.Where(c => c.IsConfiguration).Select(c => $"{Sign(c.Before, c.After)} {c.Path} ({c.What})"));
        if (files)
        {
            Section("paths", diff.Changes.Select(c => $"{Sign(c.Before, c.After)} {c.Path} ({c.What})"));
        }

        console.WriteLine($"{Count("added", diff.Added)}, {Count("removed", diff.Removed)}, {Count("changed", diff.Modified)}");
    }

    internal static JsonObject Json(ImageDifference diff, bool files)
    {
        var json = new JsonObject
        {
            ["result"] = diff.Changes.Count == 0 ? "ok" : "differences", ["before"] = diff.Before, ["after"] = diff.After,
            ["packages"] = new JsonArray([.. diff.Packages.Select(p => (JsonNode)new JsonObject { ["name"] = p.Name, ["before"] = p.Before, ["after"] = p.After })]),
            ["packages_unread"] = JsonOutput.Array(diff.Unread),
            ["kernels"] = new JsonObject { ["before"] = JsonOutput.Array(diff.KernelsBefore), ["after"] = JsonOutput.Array(diff.KernelsAfter), ["changed"] = diff.OtherKernel },
            ["set_id"] = Paths(diff.Changes.Where(c => c.IsSetId)),
            ["capabilities"] = Paths(diff.Changes.Where(c => c.IsCapability)),
            ["configuration"] = Paths(diff.Changes.Where(c => c.IsConfiguration)),
            ["added"] = Total(diff.Added), ["removed"] = Total(diff.Removed), ["changed"] = Total(diff.Modified),
        };
        if (files)
        {
            json["paths"] = Paths(diff.Changes);
        }

        return json;
    }

    private static JsonArray Paths(IEnumerable<TreeChange> changes) => new([.. changes.Select(c => (JsonNode)new JsonObject
    {
        ["path"] = c.Path.ToString(), ["what"] = c.What, ["mode_before"] = Mode(c.Before?.Permissions), ["mode_after"] = Mode(c.After?.Permissions),
        ["capability_before"] = c.Capability.Before, ["capability_after"] = c.Capability.After,
    })]);

    private static JsonObject Total(IEnumerable<TreeChange> changes) => new() { ["paths"] = changes.Count(), ["bytes"] = ImageDifference.Bytes(changes) };

    private static string Count(string what, IEnumerable<TreeChange> changes) => $"{what} {Counted.Of(changes.Count(), "path")} ({ImageDifference.Bytes(changes) / 1e6:0.0} MB)";

    private static void Section(string head, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            Console.Out.WriteLine($"{head}:\n  {string.Join("\n  ", all)}");
        }
    }

    private static string Sign(object? before, object? after) => before is null ? "+" : after is null ? "-" : "~";

    private static string Join(IReadOnlyList<string> versions) => versions.Count == 0 ? "none" : string.Join(", ", versions);

    private static string? Mode(int? permissions) => permissions is { } mode ? Convert.ToString(mode, 8) : null;
}
