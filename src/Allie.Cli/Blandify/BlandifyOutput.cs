using System.Text.Json.Nodes;
using Allie.Blandify;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Files;
using Allie.Plans;

namespace Allie.Cli.Blandify;

/// <summary>{"changes":[{"op","path","action","before"?,"after"?}],"leaks":[]}, or for people a line for each; a dry run adds the lines that differ.</summary>
internal static class BlandifyOutput
{
    internal static void Print(Invocation call, Plan<TreeChange> plan)
    {
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["changes"] = new JsonArray([.. plan.Steps.Select(Json)]), ["leaks"] = new JsonArray(), ["notes"] = JsonOutput.Array(plan.Notes) });
            return;
        }

        foreach (var note in plan.Notes)
        {
            Console.Error.WriteLine("allie: " + Shown(note));
        }

        foreach (var change in plan.Steps)
        {
            Console.Out.WriteLine($"{change.Action,-6}  {change.Target}  ({change.Op}: {change.Reason})");
            if (call.DryRun)
            {
                Differences(change);
            }
        }

        if (plan.IsEmpty)
        {
            Console.Error.WriteLine("nothing of one PC's own was found");
        }
    }

    private static JsonNode Json(TreeChange change)
    {
        var row = new JsonObject { ["op"] = change.Op, ["path"] = change.Target, ["action"] = change.Action };
        if (change.Before is not null)
        {
            row["before"] = Shown(change.Before);
        }

        if (change.After is not null)
        {
            row["after"] = Shown(change.After);
        }

        return row;
    }

    private static void Differences(TreeChange change)
    {
        var lines = change.Kind == TreeAction.Link ? [$"-> {change.After}"] : LineDiff.Between(change.Before ?? "", change.After ?? "");
        foreach (var line in lines)
        {
            Console.Out.WriteLine("    " + Shown(line));
        }
    }

    /// <summary>Lines and tabs stay; bytes that are no UTF-8 and other control characters are shown as \xNN.</summary>
    private static string Shown(string raw) =>
        string.Join('\n', raw.Split('\n').Select(line => string.Join('\t', line.Split('\t').Select(RawName.Display))));
}
