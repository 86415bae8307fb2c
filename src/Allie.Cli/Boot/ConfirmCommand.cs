using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Boot;
using Allie.Boot.Health;
using Allie.Boot.Trying;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Boot;
using Allie.Linux.Boot.Health;
using Allie.Linux.Boot.Switching;
using Allie.Linux.Files;
using Allie.Slots;

namespace Allie.Cli.Boot;

/// <summary>`confirm`: run at every start; does something only in an image that is being tried, or in the one the PC came back to.</summary>
internal static class ConfirmCommand
{
    internal static readonly Option<bool> StayUp = new("--stay-up") { Description = "Do not start the PC anew when a check fails" };
    internal static readonly Option<bool> Deadline = new("--deadline") { Description = "The time for confirming is over: an image that has not done so by now has failed" };

    private const string Checks = "/etc/allie/check";

    internal static int Run(Invocation call)
    {
        using var home = BootCommands.Open(call, "confirm");
        var look = new BootLook(call.Pc);
        var trials = new Trials(home, look);
        if (trials.View() != TrialView.Running)
        {
            return Settle(call, trials);
        }

        if (call.Get(Deadline) && call.Pc.CommitByHand)
        {
            return ExitCode.Ok; // the administrator takes the time that it takes; any other start goes back
        }

        var slot = trials.RunningSlot!;
        IReadOnlyList<HealthCheck> checks = call.Get(Deadline)
            ? [new("deadline", false, true, "it did not confirm itself in time")]
            : [.. BuiltIn(call, look, home.Read()[slot]!), .. new HealthScripts(Checks, call.Runner).Run()];
        return Judge(call, trials, slot, checks);
    }

    private static int Judge(Invocation call, Trials trials, string slot, IReadOnlyList<HealthCheck> checks)
    {
        var failed = checks.Where(c => c.Fails).ToList();
        Print(call, slot, checks);
        if (call.DryRun)
        {
            return ExitCode.Differences;
        }

        if (failed.Count == 0)
        {
            if (!call.Pc.CommitByHand)
            {
                trials.Commit(slot);
            }

            return ExitCode.Ok;
        }

        trials.Fail(slot, string.Join("; ", failed.Select(c => $"{c.Name}: {c.Detail}")));
        trials.Home.Dispose();
        if (!call.Get(StayUp) && LoggedIn.Look() is var there)
        {
            if (there.Count > 0)
            {
                Screen.Say($"allie: not started anew: {string.Join(", ", there)} logged in; the next start goes back");
            }
            else
            {
                new Restart(call.Runner, BootMethod.Grub, []).Now();
            }
        }

        return ExitCode.Failed;
    }

    /// <summary>Also after a dry run that would have something to note: 3.</summary>
    private static int Settle(Invocation call, Trials trials)
    {
        var due = trials.View() is not (TrialView.None or TrialView.Pending);
        var said = call.DryRun ? null : trials.Settle();
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["result"] = !due ? "ok" : call.DryRun ? "would_change" : "changed", ["slot"] = trials.RunningSlot, ["note"] = said });
        }
        else if (said is not null)
        {
            Screen.Say("allie: " + said);
        }

        return due && call.DryRun ? ExitCode.Differences : ExitCode.Ok;
    }

    private static IReadOnlyList<HealthCheck> BuiltIn(Invocation call, BootLook look, SlotTry entry)
    {
        using var root = ImageRoot.Open("/");
        var marker = root.TryReadText(ImagePath.Of(SlotMarker.Path)) is { } text ? SlotMarker.TryParse(text) : null;
        var expected = KernelLine.Value(look.KernelLine, "root=UUID=") ?? "";
        var health = BootCommands.Health(call);
        if (entry.Baseline is { } before && !call.DryRun)
        {
            var patience = TimeSpan.FromSeconds(call.Pc.BootPatience);
            health.Await(before, patience, call.Wait, what => Screen.Say($"allie: waiting for {what}, {patience.TotalSeconds:0} s at most"));
        }

        return BuiltInChecks.Of(health.Facts(), expected, marker?.PreparedAt ?? "", entry.Baseline);
    }

    private static void Print(Invocation call, string slot, IReadOnlyList<HealthCheck> checks)
    {
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["result"] = checks.Any(c => c.Fails) ? "failed" : call.DryRun ? "would_change" : "changed", ["slot"] = slot,
                ["checks"] = new JsonArray([.. checks.Select(c => new JsonObject { ["name"] = c.Name, ["passed"] = c.Passed, ["required"] = c.IsRequired, ["detail"] = c.Detail })]),
            });
            return;
        }

        foreach (var check in checks)
        {
            Console.Out.WriteLine($"{check.Word,-8} {check.Name}  {check.Detail}");
        }
    }
}
