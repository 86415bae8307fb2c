using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Boot;
using Allie.Linux.Mounts;
using Allie.Linux.Prep;
using Allie.Linux.Slots;
using Allie.Plans;
using Allie.Prep;

namespace Allie.Cli.Prep;

/// <summary>`prep --status` and `prep --abort`: what earlier runs left.</summary>
internal static class UnfinishedPreps
{
    internal static int Status(Invocation call)
    {
        var all = Of(call);
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["unfinished"] = new JsonArray([.. all.Select(Row)]) });
        }
        else if (all.Count == 0)
        {
            Console.Out.WriteLine("no prep was cut short");
        }
        else
        {
            Screen.Table(
                ["slot", "image", "done", "way", "begun"],
                all.Select(j => (IReadOnlyList<string>)[j.Slot, $"{j.Image} {j.Generation}", Word(j), j.Strategy.Word(), j.Started]));
        }

        return ExitCode.Ok;
    }

    internal static int Abort(Invocation call)
    {
        MountNamespace.Enter();
        using var one = call.DryRun ? null : PrepCommands.Lock(call);
        if (Only(call, "--abort") is not { } journal)
        {
            return call.Carry(new Plan<PlainStep>([]), () => { });
        }

        var slot = new SlotFinder(call.Pc).Find().FirstOrDefault(s => s.Name == journal.Slot);
        using var boot = Home(call);
        var trials = boot is null ? null : new Trials(boot, new(call.Pc));
        var untouched = PrepUndo.IsUntouched(journal, slot);
        var plan = new Plan<PlainStep>(
        [
            new("restore", boot?.Method.Files.Path ?? "the boot menu", untouched ? "as it was before" : $"no entry for slot {journal.Slot}"),
            new("forget", "slot " + journal.Slot, untouched ? "nothing in it was changed" : $"half of {journal.Image} generation {journal.Generation} is in it"),
        ]);
        Prompt.Confirm(call, $"give up the prep of {journal.Image} generation {journal.Generation} on slot {journal.Slot}");
        return call.Carry(
            plan,
            () =>
            {
                using var held = SlotLock.Take(call.Pc.Run, journal.Slot);
                new PrepUndo(call.Pc, trials).Carry(journal, slot);
            },
            $"slot {journal.Slot}: the prep of {journal.Image} is forgotten");
    }

    /// <summary>Null on a PC without a boot loader that we know: it has no entry of ours.</summary>
    private static BootHome? Home(Invocation call)
    {
        try
        {
            return BootHome.Open(call.Pc, call.Runner);
        }
        catch (UserError e) when (e.ExitCode == ExitCode.Refused)
        {
            return null;
        }
    }

    /// <summary>Null when there is none.</summary>
    /// <exception cref="UserError">Exit 2: several, and none was named.</exception>
    internal static PrepJournal? Only(Invocation call, string option)
    {
        var all = Of(call);
        return all switch
        {
            [] => null,
            [var one] => one,
            _ => throw UserError.Refused($"more than one prep was cut short: slots {string.Join(", ", all.Select(j => j.Slot))}", $"say which: allie prep {option} --slot {all[0].Slot}"),
        };
    }

    private static List<PrepJournal> Of(Invocation call)
    {
        var wanted = call.Get(PrepOptions.Slot);
        return [.. PrepPc.Journals(call.Pc).Where(j => wanted is null || j.Slot == wanted)];
    }

    private static string Word(PrepJournal journal) => journal.Done.ToString().ToLowerInvariant();

    private static JsonNode Row(PrepJournal journal) => new JsonObject
    {
        ["slot"] = journal.Slot,
        ["image"] = journal.Image,
        ["generation"] = journal.Generation,
        ["done"] = Word(journal),
        ["strategy"] = journal.Strategy.Word(),
        ["file_system"] = journal.FileSystem,
        ["started"] = journal.Started,
    };
}
