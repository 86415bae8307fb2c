using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Conf;
using Allie.Linux.Overlays;
using Allie.Overlays;

namespace Allie.Cli.Overlays;

/// <summary>Carries a run out and, in the running system, has the scripts of /root/conf/on-change run for what changed.</summary>
internal sealed class AppliedChanges(Invocation call, ApplyRequest request)
{
    internal int Carry(ApplyRun run, ApplyOutput output)
    {
        if (!request.IsActive)
        {
            return output.Did(run.Apply());
        }

        var scripts = new OnChange(call.Pc, call.Runner);
        var expected = Changed(run.Plan.Steps);
        scripts.Expect(expected);
        var result = run.Apply();
        var code = output.Did(result);
        var failed = scripts.Run(expected, Changed(result.Done)).Where(r => !r.Ok).ToList();
        foreach (var script in failed)
        {
            Console.Error.WriteLine($"allie: {script.Name} failed with exit code {script.ExitCode} and is tried again at the next run; its output is in {scripts.Log}");
        }

        return failed.Count > 0 ? ExitCode.Failed : code;
    }

    private static List<ImagePath> Changed(IEnumerable<OverlayStep> steps) =>
        [.. steps.Where(s => s.Do is not (OverlayAction.Adopt or OverlayAction.Left or OverlayAction.Forget)).Select(s => s.Path)];
}
