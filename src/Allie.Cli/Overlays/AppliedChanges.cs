using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Conf;
using Allie.Linux.Fleet;
using Allie.Linux.Native;
using Allie.Linux.Overlays;
using Allie.Overlays;
using Allie.Overlays.Layers;

namespace Allie.Cli.Overlays;

/// <summary>Carries a run out and, in the running system, has the scripts of /root/conf/on-change run for what changed.</summary>
/// <param name="slot">Of an inactive image that the hourly run looks after; null for any other.</param>
internal sealed class AppliedChanges(Invocation call, ApplyRequest request, string? slot = null)
{
    internal int Carry(ApplyRun run, ApplyOutput output)
    {
        if (!request.IsActive)
        {
            var done = run.Apply();
            Report(run, done);
            return output.Did(done);
        }

        var scripts = new OnChange(call.Pc, call.Runner);
        var expected = Changed(run.Plan.Steps);
        scripts.Expect(expected);
        var result = run.Apply();
        Report(run, result);
        var code = output.Did(result);
        var failed = scripts.Run(expected, Changed(result.Done)).Where(r => !r.Ok).ToList();
        foreach (var script in failed)
        {
            Console.Error.WriteLine($"allie: {script.Name} failed with exit code {script.ExitCode} and is tried again at the next run; its output is in {scripts.Log}");
        }

        return failed.Count > 0 ? ExitCode.Failed : code;
    }

    /// <summary>Of what the server wants here, and not of what somebody tries by hand. Not having it written is no reason to call the apply failed.</summary>
    private void Report(ApplyRun run, ApplyResult result)
    {
        if (request is not { Layers.Count: 0, From: LayerChoice.Server } || (!request.IsActive && slot is null))
        {
            return;
        }

        try
        {
            var report = run.Report(slot ?? "", result);
            ReportFile.Write(call.Pc, CommandTable.Version, report);
            ReportFile.WriteLog(call.Pc, run.Log(report, result), ServerConnection.IsShared);
        }
        catch (Exception e) when (e is LinuxException or IOException or UserError)
        {
            Console.Error.WriteLine($"allie: the report cannot be written: {e.Message}");
        }
    }

    private static List<ImagePath> Changed(IEnumerable<OverlayStep> steps) =>
        [.. steps.Where(s => s.Do is not (OverlayAction.Adopt or OverlayAction.Left or OverlayAction.Forget)).Select(s => s.Path)];
}
