using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Mounts;
using Allie.Linux.Slots;
using Allie.Slots;

namespace Allie.Cli.Slots;

internal static class SlotCommands
{
    private static readonly Argument<string> Slot = new("slot")
    {
        Description = "One slot, by its name or its device; all when left out", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "",
    };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Read("list", "List the slots: device, size, file system, image, and whether it is spare", List),
        verbs.Read("check", "Tell every reason why a slot is refused; exit 3 when none is spare", Check, Slot),
    ];

    private static int List(Invocation call)
    {
        var rows = Look(call, "");
        var missing = new SlotFinder(call.Pc).Missing();
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["slots"] = new JsonArray([.. rows.Select(r => r.Json())]), ["missing"] = JsonOutput.Array(missing) });
            return ExitCode.Ok;
        }

        foreach (var line in missing)
        {
            Screen.Say("allie: " + line);
        }

        if (rows.Count == 0)
        {
            Screen.Say("allie: this PC has no slot");
            Screen.Say("  name a spare GPT partition allie-NAME (sfdisk --part-label DISK NUMBER allie-b), or put its PARTUUID under [slots.NAME] in allie.toml");
            return ExitCode.Ok;
        }

        Screen.Table(["slot", "device", "size", "file system", "image", "state", ""], rows.Select(r => r.Cells()));
        return ExitCode.Ok;
    }

    private static int Check(Invocation call)
    {
        var rows = Look(call, call.Get(Slot));
        var result = rows.Any(r => r.IsSpare) ? ExitCode.Ok : ExitCode.Differences;
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["spare"] = rows.Count(r => r.IsSpare), ["slots"] = new JsonArray([.. rows.Select(r => r.Json())]) });
            return result;
        }

        foreach (var row in rows)
        {
            Console.Out.WriteLine($"{row.Facts.Name}  {row.Facts.DevicePath}  {(row.IsSpare ? "spare" : "refused")}");
            foreach (var refusal in row.Refusals)
            {
                Console.Out.WriteLine($"  {refusal.Rule}: {refusal.Sentence}\n      {refusal.Hint}");
            }
        }

        Console.Out.WriteLine($"{rows.Count(r => r.IsSpare)} of {rows.Count} slots spare");
        return result;
    }

    private static List<SlotRow> Look(Invocation call, string only)
    {
        Invocation.RequireRoot("looking at slots");
        MountNamespace.Enter();
        var survey = new SlotSurvey(call.Pc);
        var needs = new SlotNeeds(call.Pc.AllowLoopDevices);
        var found = only.Length > 0 ? [survey.Get(only)] : survey.Look();
        return [.. found.Select(f => new SlotRow(f.Facts, f.Content, SlotRules.Refusals(f.Facts, needs)))];
    }
}
