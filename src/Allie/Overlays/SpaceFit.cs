using Allie.Files;

namespace Allie.Overlays;

/// <summary>Leaves out of a plan what there is no room for, so that it is told before anything is written and does not keep smaller files out.</summary>
public static class SpaceFit
{
    /// <param name="plan">All its steps are carried out before one gives room back: new content, the copy of it in applied/ and what goes to undo/ are there together.</param>
    /// <param name="needs">Of a step, one entry for each file system; a file system that cannot be counted has none.</param>
    /// <param name="free">Bytes of a file system, by where it is mounted; mounts of one file system give the same <see cref="SpaceAccount"/>.</param>
    public static OverlayPlan Of(OverlayPlan plan, Func<OverlayStep, IReadOnlyList<SpaceNeed>> needs, Func<ImagePath, SpaceAccount> free)
    {
        var (fits, faults) = (new List<OverlayStep>(plan.Steps.Count), new List<PathFault>());
        foreach (var step in plan.Steps)
        {
            if (step.Later)
            {
                fits.Add(step); // decided anew when the others have been carried out
                continue;
            }

            if (WhyNot(needs(step), free) is { } why)
            {
                faults.Add(new(step.Path, step.Wanted?.Layer ?? "", why));
            }
            else
            {
                fits.Add(step);
            }
        }

        return faults.Count == 0 ? plan : plan with { Steps = fits, Faults = [.. plan.Faults, .. faults] };
    }

    /// <summary>Null when there is room, which is taken then.</summary>
    private static string? WhyNot(IReadOnlyList<SpaceNeed> needs, Func<ImagePath, SpaceAccount> free)
    {
        string? why = null;
        foreach (var need in needs)
        {
            free(need.At).Asked += need.Bytes;
        }

        foreach (var at in needs.Select(n => n.At))
        {
            var account = free(at);
            why ??= account.Asked > account.Left ? Why(at, account.Asked, account) : null;
        }

        foreach (var account in needs.Select(n => free(n.At)))
        {
            account.Taken += why is null ? account.Asked : 0;
            account.Asked = 0;
        }

        return why;
    }

    private static string Why(ImagePath at, long bytes, SpaceAccount account) =>
        $"no space: it takes {Shown(bytes)}, with the copies that undo needs, and the file system of {at} has {Shown(account.Free)} free"
        + (account.Left < account.Free ? $", {Shown(account.Left)} beside the other files of this run" : "") + "; make room there, and the next run does it";

    private static string Shown(long bytes) => bytes >= 10 << 20 ? $"{bytes >> 20} MiB" : $"{(bytes + 1023) >> 10} KiB";
}
