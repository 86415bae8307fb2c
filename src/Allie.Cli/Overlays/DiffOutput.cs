using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Overlays;
using Allie.Overlays.Diff;

namespace Allie.Cli.Overlays;

/// <summary>Differences for people: a line with the two letters, then the patch. Faults go to stderr and make exit 1.</summary>
internal static class DiffOutput
{
    internal static int Tell(Invocation call, IReadOnlyList<PathDifference> differences, IReadOnlyList<PathFault> faults, IReadOnlyList<string> notes, bool patch)
    {
        var code = faults.Count > 0 ? ExitCode.Failed : differences.Count > 0 ? ExitCode.Differences : ExitCode.Ok;
        if (call.Json)
        {
            JsonOutput.Print(Json(differences, faults, notes, code));
            return code;
        }

        foreach (var note in notes)
        {
            Console.Error.WriteLine("allie: " + note);
        }

        foreach (var difference in differences)
        {
            Print(difference, patch);
        }

        foreach (var fault in faults)
        {
            Console.Error.WriteLine($"allie: cannot be applied: {fault.Path}{(fault.Layer.Length > 0 ? $" (layer {fault.Layer})" : "")}: {fault.Reason}");
        }

        return code;
    }

    private static void Print(PathDifference difference, bool patch)
    {
        Console.Out.WriteLine($"{difference.Status} {difference.Path}  ({(difference.Layer is { } layer ? $"layer {layer}: " : "")}{difference.Reason})");
        if (patch)
        {
            foreach (var line in difference.Metadata())
            {
                Console.Out.WriteLine("   " + line);
            }

            foreach (var line in difference.Patch())
            {
                Console.Out.WriteLine(Shown(line));
            }
        }
    }

    private static JsonObject Json(IReadOnlyList<PathDifference> differences, IReadOnlyList<PathFault> faults, IReadOnlyList<string> notes, int code) => new()
    {
        ["result"] = code switch { ExitCode.Failed => "failed", ExitCode.Differences => "differences", _ => "ok" },
        ["differences"] = new JsonArray([.. differences.Select(d => (JsonNode)new JsonObject
        {
            ["path"] = d.Path.ToString(), ["status"] = d.Status, ["layer"] = d.Layer, ["reason"] = d.Reason,
            ["metadata"] = JsonOutput.Array(d.Metadata()), ["patch"] = string.Concat(d.Patch().Select(l => Shown(l) + "\n")),
        })]),
        ["errors"] = new JsonArray([.. faults.Select(f => (JsonNode)new JsonObject { ["path"] = f.Path.ToString(), ["layer"] = f.Layer, ["reason"] = f.Reason })]),
        ["notes"] = JsonOutput.Array(notes),
    };

    /// <summary>Lines and tabs stay; bytes that are no UTF-8 and other control characters are shown as \xNN.</summary>
    internal static string Shown(string raw) =>
        string.Join('\n', raw.Split('\n').Select(line => string.Join('\t', line.Split('\t').Select(RawName.Display))));
}
