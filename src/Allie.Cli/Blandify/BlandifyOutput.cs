using System.Text.Json.Nodes;
using Allie.Blandify;
using Allie.Blandify.Leaks;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Files;
using Allie.Linux.Blandify;

namespace Allie.Cli.Blandify;

/// <summary>
/// {"changes":[{"op","path","action","before"?,"after"?}],"leaks":[{"path","kind","evidence","suggestion","identity","accepted"}],"notes":[]}, or for people a line for
/// each; a dry run adds the lines that differ. Secrets are masked.
/// </summary>
internal static class BlandifyOutput
{
    internal static void Print(Invocation call, BlandifyResult result, AcceptList accepted)
    {
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["changes"] = new JsonArray([.. result.Changes.Select(Json)]),
                ["leaks"] = new JsonArray([.. result.Leaks.Leaks.Select(l => Json(l, accepted))]),
                ["notes"] = JsonOutput.Array(result.Notes),
            });
            return;
        }

        foreach (var change in result.Changes)
        {
            Console.Out.WriteLine($"{change.Action,-6}  {change.Target}  ({change.Op}: {change.Reason})");
            if (call.DryRun)
            {
                Differences(change);
            }
        }

        foreach (var leak in result.Leaks.Leaks)
        {
            var word = !leak.IsIdentity ? "secret" : accepted.Has(leak.Path) ? "accepted" : "leak";
            Console.Out.WriteLine($"{word,-6}  {leak.Path}  ({leak.Kind}, {leak.Evidence}): {leak.Advice}");
        }

        foreach (var note in result.Notes)
        {
            Screen.Say("allie: " + Shown(note));
        }

        Sum(result, accepted);
    }

    private static void Sum(BlandifyResult result, AcceptList accepted)
    {
        var standing = result.Leaks.Standing(accepted).Count;
        if (standing > 0)
        {
            Screen.Say($"{standing} {(standing == 1 ? "place still tells" : "places still tell")} which machine this was; what may stay: --accept PATH...");
        }
        else if (result.Changes.Count == 0)
        {
            Screen.Say("nothing of one PC's own was found");
        }
    }

    private static JsonNode Json(Leak leak, AcceptList accepted) => new JsonObject
    {
        ["path"] = leak.Path.ToString(),
        ["kind"] = leak.Kind,
        ["evidence"] = leak.Evidence,
        ["suggestion"] = leak.Advice,
        ["identity"] = leak.IsIdentity,
        ["accepted"] = leak.IsIdentity && accepted.Has(leak.Path),
    };

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
        var lines = change.Kind is TreeAction.Link or TreeAction.Rename ? [$"-> {change.After}"] : LineDiff.Between(Masking.Hide(change.Before ?? ""), Masking.Hide(change.After ?? ""));
        foreach (var line in lines)
        {
            Console.Out.WriteLine("    " + Shown(line));
        }
    }

    /// <summary>Lines and tabs stay; bytes that are no UTF-8 and other control characters are shown as \xNN.</summary>
    private static string Shown(string raw) =>
        string.Join('\n', Masking.Hide(raw).Split('\n').Select(line => string.Join('\t', line.Split('\t').Select(RawName.Display))));
}
