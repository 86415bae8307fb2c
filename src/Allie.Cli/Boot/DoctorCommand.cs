using System.Text.Json.Nodes;
using Allie.Boot;
using Allie.Boot.Trying;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Fleet;
using Allie.Linux.Boot;
using Allie.Linux.Mounts;
using Allie.Linux.Processes;
using Allie.Linux.Slots;

namespace Allie.Cli.Boot;

/// <summary>`doctor`: what this PC starts and why, and what would go wrong next time.</summary>
internal sealed class DoctorCommand(Invocation call)
{
    private readonly List<(string Name, bool Ok, string Detail)> _rows = [];

    internal static int Run(Invocation call)
    {
        Invocation.RequireRoot("doctor");
        MountNamespace.Enter();
        return new DoctorCommand(call).Run();
    }

    private int Run()
    {
        Boot();
        Labels();
        Rsync();
        var amiss = _rows.Count(r => !r.Ok);
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["result"] = amiss == 0 ? "ok" : "amiss",
                ["rows"] = new JsonArray([.. _rows.Select(r => new JsonObject { ["name"] = r.Name, ["ok"] = r.Ok, ["detail"] = r.Detail })]),
            });
        }
        else
        {
            foreach (var (name, ok, detail) in _rows)
            {
                Console.Out.WriteLine($"{(ok ? "ok" : "amiss"),-6} {name,-12} {detail}");
            }
        }

        return amiss == 0 ? ExitCode.Ok : ExitCode.Differences;
    }

    private void Boot()
    {
        var look = new BootLook(call.Pc);
        foreach (var verdict in BootChoice.Verdicts(look.Facts()))
        {
            Add("method", true, verdict.ToString());
        }

        try
        {
            using var home = BootHome.Open(call.Pc, call.Runner);
            var trials = new Trials(home, look);
            var state = home.Method.State();
            var record = home.Read();
            Add("boot home", home.Name is not null, $"{home.Verdict.Method.Name()}, {(object?)home.Name ?? home.Method.Files.Path + ", on no partition"}");
            Add("try", home.Method.TryRefusal is null, home.Method.TryRefusal ?? "a slot can be tried");
            Add("canary", state.Warning is null, state.Warning ?? "the boot loader can count a try down");
            Add("room", home.Method.Files.FreeBytes > 1 << 20, $"{home.Method.Files.FreeBytes >> 20} MiB free at the boot home");
            Add("default", true, state.Default is { } slot ? $"slot {slot}" : "what this PC booted before ALLiE");
            Add("running", true, trials.RunningSlot is { } running ? $"slot {running}" : "no slot's entry");
            var view = trials.View();
            Add("trial", view is TrialView.None or TrialView.Pending or TrialView.Running, Trial(view, record, state));
            foreach (var failed in record.Failed)
            {
                Add("failed", false, $"{failed.Image} generation {failed.Generation} at {failed.At}: {failed.Reason}");
            }

            foreach (var fact in new SlotFinder(call.Pc).Find().Where(s => home.Name is { } name && s.PartUuid == name.PartUuid))
            {
                Add("boot home", false, $"it is in slot {fact.Name}: that slot cannot be filled before the boot loader is moved (allie slot boot-home --to)");
            }
        }
        catch (UserError e)
        {
            Add("boot home", false, e.Message);
        }
    }

    private static string Trial(TrialView view, BootRecord record, MethodState state) => view switch
    {
        TrialView.None => "none",
        TrialView.Pending => $"slot {record.Trying} is tried at the next start ({Math.Max(state.TriesLeft, 1)} left)",
        TrialView.Running => $"slot {record.Trying} is being tried; it has not confirmed itself yet",
        _ => $"slot {record.Trying} was tried and did not confirm itself; the next run of allie notes it",
    };

    private void Labels()
    {
        var slots = new SlotFinder(call.Pc).Find();
        foreach (var twice in slots.Select(s => s.FileSystem).Where(f => f?.Label.Length > 0).GroupBy(f => f!.Label).Where(g => g.Count() > 1))
        {
            Add("labels", false, $"{twice.Count()} file systems have the label {twice.Key}: fstab may find the wrong one");
        }

        Add("slots", slots.Count > 0, slots.Count > 0 ? string.Join(", ", slots.Select(s => $"{s.Name} {s.DevicePath}")) : "this PC has no slot");
    }

    private void Rsync()
    {
        try
        {
            var said = call.Runner.Run(new Command("rsync", "--version")).Output;
            var finding = RsyncVersion.Look(said).FirstOrDefault();
            Add("rsync", finding is null or { IsAdvice: true }, finding is null ? $"{RsyncVersion.Parse(said)}" : $"{finding.What}: {finding.Why}");
        }
        catch (UserError e)
        {
            Add("rsync", false, e.Message);
        }
    }

    private void Add(string name, bool ok, string detail) => _rows.Add((name, ok, detail));
}
