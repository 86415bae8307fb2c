using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Conf;
using Allie.Config;
using Allie.Errors;
using Allie.Fleet;
using Allie.Images;
using Allie.Linux.Conf;
using Allie.Linux.Fleet;
using Allie.Linux.Overlays;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Processes;
using Allie.Linux.Slots;
using Command = Allie.Linux.Processes.Command;

namespace Allie.Cli.Conf;

/// <summary>The hourly run: each inactive image by a child process, then the active one's scripts, 00overlay first.</summary>
internal sealed class ImageconfCommand(Invocation call)
{
    internal static readonly Option<string?> SplayOption = new("--splay")
    {
        Description = "Wait first: up to this long, each PC at its own time. 30m when cron has started it, else none; 0 never waits", HelpName = "TIME",
    };

    private readonly List<int> _codes = [];
    private readonly JsonArray _images = [];

    internal static int Run(Invocation call)
    {
        Invocation.RequireRoot("imageconf");
        Wait(call);
        return new ImageconfCommand(call).Run();
    }

    private static void Wait(Invocation call)
    {
        var span = call.Get(SplayOption) switch
        {
            "0" => TimeSpan.Zero,
            { } text => Duration.Parse(text),
            // cron, sh, run-parts, and some room; further up is how a machine for tests came to be started.
            null => ProcessTree.AncestorsOf(Environment.ProcessId).Take(5).Any(Splay.CronPrograms.Contains) ? Splay.UnderCron : TimeSpan.Zero,
        };
        if (!call.DryRun)
        {
            call.Wait(Splay.For(call.Pc.PcName is { Length: > 0 } name ? name : Environment.MachineName, span));
        }
    }

    private int Run()
    {
        var isOutermost = !ServerConnection.IsShared;
        call.Connection.Share(); // all images of this PC, and the report, over one
        if (isOutermost && !call.DryRun && Path.Combine(call.Pc.State, ApplyLog.Name) is var log && File.Exists(log))
        {
            File.Delete(log); // each image adds its part
        }

        var inactive = new InactiveImages(new SlotFinder(call.Pc), call.Pc).Find();
        using var shared = Visit([.. inactive.Where(i => i.Skip is null && ImageName.IsOne(i.Label)).Select(i => i.Label)]);
        foreach (var image in inactive)
        {
            if (_codes.Contains(ExitCode.Unreachable))
            {
                break; // each would wait for the same server
            }

            if (image.Skip is null)
            {
                Apply(image.Slot);
            }
            else
            {
                Skipped(image.Slot, image.Skip);
            }
        }

        var (code, conf) = new ConfRunCommand(call).Run();
        _codes.Add(code);
        if (isOutermost && !call.DryRun && !_codes.Contains(ExitCode.Unreachable))
        {
            new ReportSending(call.Pc, call.Runner, call.Connection).TrySend();
        }

        var worst = WorstExit.Of(_codes);
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["result"] = worst switch { ExitCode.Ok => "ok", ExitCode.Differences => "would_change", _ => "failed" },
                ["images"] = _images, ["conf"] = conf,
            });
        }

        return worst;
    }

    /// <summary>One visit for all: where there is more than the running image, and something is to be done.</summary>
    private SharedLayers? Visit(IReadOnlyList<string> images)
    {
        if (images.Count == 0 || call.DryRun || (!call.Yes && new DisabledFile("/", call.Pc).Read() is not null))
        {
            return null;
        }

        try
        {
            return SharedLayers.Fetch(call.Rsync, call.Pc, images);
        }
        catch (UserError e)
        {
            Console.Error.WriteLine($"allie: {e.Message}{(e.Hint is { } hint ? $"; {hint}" : "")}");
            _codes.Add(e.ExitCode);
            return null;
        }
    }

    private void Apply(string slot)
    {
        var outcome = call.Runner.Run(Child(slot));
        if (outcome.ExitCode == ExitCode.Busy)
        {
            Skipped(slot, (outcome.ErrorTail.FirstOrDefault() ?? "busy").Replace("allie: ", "", StringComparison.Ordinal));
            return;
        }

        foreach (var line in outcome.ErrorTail)
        {
            Console.Error.WriteLine(line);
        }

        _codes.Add(outcome.ExitCode);
        var row = new JsonObject { ["slot"] = slot, ["exit_code"] = outcome.ExitCode };
        if (call.Json && outcome.Output.Length > 0)
        {
            row["overlay"] = JsonNode.Parse(outcome.Output);
        }

        _images.Add((JsonNode)row);
    }

    private Command Child(string slot)
    {
        List<string> words = [SlotApplyCommand.Name, slot];
        words.AddRange(call.NamedConfig is { } config ? ["--config", Path.GetFullPath(config)] : []);
        words.AddRange(call.DryRun ? ["-n"] : []);
        words.AddRange(call.Json ? ["--json"] : []);
        words.AddRange(call.Yes ? ["-y"] : []);
        return new(OwnProgram.Path, words)
        {
            Limit = TimeSpan.FromHours(6),
            OnLine = call.Json ? null : Console.Out.WriteLine,
        };
    }

    private void Skipped(string slot, string why)
    {
        Console.Error.WriteLine($"allie: slot {slot}: skipped this time: {why}");
        _images.Add((JsonNode)new JsonObject { ["slot"] = slot, ["skipped"] = why });
    }
}
