using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Overlays;
using Allie.Overlays;
using Allie.Overlays.Layers;
using Allie.Plans;

namespace Allie.Cli.Overlays;

/// <summary>Tells what an overlay run would do or did. Silent when there was nothing to do; paths that failed are named and make exit 1.</summary>
internal sealed class ApplyOutput(Invocation call, string root, IReadOnlyList<string> notes)
{
    internal int WouldDo(OverlayPlan plan, bool brake = true)
    {
        List<string> all = [.. notes];
        if (brake && WithdrawalBrake.Holds(plan.Withdrawn, plan.Managed))
        {
            all.Add($"{plan.Withdrawn} of {plan.Managed} overlay files would be withdrawn: refused without -y");
        }

        var result = plan.Faults.Count > 0 ? "failed" : plan.Steps.Count > 0 ? "would_change" : "ok";
        PlanOutput.Print(call, new Plan<IStep>(Rows(plan.Steps, call.Json ? plan.Faults : []), all), result);
        return Faults(plan.Faults) ? ExitCode.Failed : plan.Steps.Count > 0 ? ExitCode.Differences : ExitCode.Ok;
    }

    internal int Did(ApplyResult result)
    {
        List<string> all = [.. notes];
        var adopted = result.Done.Count(s => s is { Do: OverlayAction.Adopt, SaveUndo: true, Wanted.Kind: WantedKind.Entry });
        if (adopted > 0)
        {
            all.Add($"{adopted} file{(adopted == 1 ? " was" : "s were")} there already as wanted: a withdrawal gives back just that (undo from adoption). Not what the image has? allie undo PATH --from-image");
        }

        if (call.Json)
        {
            var word = result.Faults.Count > 0 ? "failed" : result.Done.Count > 0 ? "changed" : "ok";
            JsonOutput.Print(PlanOutput.Json(new Plan<IStep>(Rows(result.Done, result.Faults), all), word));
        }
        else
        {
            foreach (var note in all)
            {
                Console.Error.WriteLine("allie: " + note);
            }

            if (result.Done.Count > 0)
            {
                var counts = result.Done.GroupBy(s => s.Action).Select(g => $"{g.Count()} {g.Key}");
                Console.Out.WriteLine($"overlay of {root}: {string.Join(", ", counts)}");
            }
        }

        return Faults(result.Faults) ? ExitCode.Failed : ExitCode.Ok;
    }

    private static List<IStep> Rows(IReadOnlyList<OverlayStep> steps, IReadOnlyList<PathFault> faults) =>
        [.. steps, .. faults.Select(f => new FaultStep(f))];

    private static bool Faults(IReadOnlyList<PathFault> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault.Path.IsRoot
                ? $"allie: {(fault.Layer.Length > 0 ? $"left as it is: layer {fault.Layer}: " : "")}{fault.Reason}"
                : $"allie: left as it is: {fault.Path}{(fault.Layer.Length > 0 ? $" (layer {fault.Layer})" : "")}: {fault.Reason}");
        }

        return faults.Count > 0;
    }
}
