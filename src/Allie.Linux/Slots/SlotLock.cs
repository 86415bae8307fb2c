using Allie.Errors;
using Allie.Linux.Files;

namespace Allie.Linux.Slots;

/// <summary>The one lock of a slot: of whoever fills it, applies overlays to it, offers it, or has it lend its files.</summary>
public static class SlotLock
{
    /// <exception cref="UserError">Exit 4, naming the holder.</exception>
    public static FileLock Take(string runDirectory, string slot) => FileLock.Take(Path.Combine(runDirectory, $"slot-{slot}.lock"), $"slot {slot}", inherited: true);
}
