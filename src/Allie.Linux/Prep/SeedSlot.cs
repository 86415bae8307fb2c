using Allie.Errors;
using Allie.Linux.Files;
using Allie.Linux.Slots;
using Allie.Slots;

namespace Allie.Linux.Prep;

/// <summary>The lock on a slot that lends, and a look that it is still what was planned.</summary>
internal static class SeedSlot
{
    /// <exception cref="UserError">Exit 4 when another run has it; exit 1 when it is in use now.</exception>
    internal static FileLock Take(PrepWork work, string slot, out SlotFacts facts)
    {
        var held = SlotLock.Take(work.Settings.Run, slot);
        facts = new SlotFinder(work.Settings).Get(slot);
        if (facts is { IsRunningRoot: false, MountedAt.Count: 0, Duplicates.Count: 0 })
        {
            return held;
        }

        held.Dispose();
        throw new UserError($"slot {slot} cannot lend its files: it is in use now", "run the command again when it is not, or with --strategy full after --abort");
    }
}
