using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Overlays;

namespace Allie.Linux.Overlays.Guards;

/// <summary>
/// A broken allie in an overlay would end the maintenance of every PC at once. So a new one must pass its own self-test before it is shown, and the one
/// that it replaces stays beside it as allie.previous.
/// </summary>
/// <param name="root">The image.</param>
/// <param name="binary">Our program in it.</param>
/// <param name="runner">Runs the test.</param>
internal sealed class OwnBinary(ImageRoot root, ImagePath binary, IRunner runner) : IStepGuard
{
    internal const string SelfTest = "--self-test";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private ImagePath Previous => binary.Parent.Join(binary.Name + ".previous");

    public void Check(OverlayStep step, ImagePath staged, Func<ImagePath, ImagePath?> stagedAt)
    {
        if (step.Path != binary || step.Do != OverlayAction.Install || !root.Stat(staged).IsRegular)
        {
            return;
        }

        var outcome = runner.Run(new(Path.Combine(root.HostPath, RawName.Display(root.RealPath(staged).Raw)), SelfTest) { Limit = Limit });
        if (!outcome.Ok)
        {
            throw new UserError($"the new program fails its self-test (exit {outcome.ExitCode}: {outcome.LastWord})", "put a working allie into the layer; the old one stays");
        }
    }

    /// <summary>Gone again with the overlay, so that a withdrawal leaves the image as it was.</summary>
    public void Before(OverlayStep step)
    {
        if (step.Path != binary)
        {
            return;
        }

        if (step.Wanted is null)
        {
            root.RemoveFile(Previous);
        }
        else if (step.Do == OverlayAction.Install && root.TryStat(binary) is { IsRegular: true })
        {
            root.CopyFrom(root, binary, Previous);
        }
    }
}
