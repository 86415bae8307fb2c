using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Slots;

namespace Allie.Linux.Slots;

/// <summary>
/// The right to write to one slot: its lock, held for as long as this lives (and by programs started meanwhile, so that an rsync that
/// outlives us still keeps others away). The kernel's own claim (O_EXCL) is taken only around writing to the bare device, because
/// mkfs and mount take it themselves.
/// </summary>
public sealed class SlotGuard : IDisposable
{
    private readonly FileLock _lock;
    private readonly SlotFinder _finder;
    private readonly SlotNeeds _needs;

    private SlotGuard(FileLock held, SlotFinder finder, SlotFacts facts, SlotNeeds needs)
    {
        _lock = held;
        _finder = finder;
        _needs = needs;
        Facts = facts;
    }

    public SlotFacts Facts { get; }

    /// <summary>Locks the slot and looks again, with every rule: what was planned must still hold.</summary>
    /// <exception cref="UserError">Exit 4 when another run has the slot, exit 2 with all refusals.</exception>
    public static SlotGuard Take(SlotFinder finder, SlotFacts planned, SlotNeeds needs, string runDirectory)
    {
        var held = SlotLock.Take(runDirectory, planned.Name);
        try
        {
            // What other systems' fstabs say was read for the plan; looking into them again would mount every slot once more.
            var facts = Same(finder.Get(planned.Name), planned) with { NamedAsData = planned.NamedAsData };
            SlotChoice.Require(facts, SlotRules.Refusals(facts, needs));
            return new(held, finder, facts, needs);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the device so that nobody can mount or claim it (open(2), O_EXCL on block devices), then looks once more: what came between
    /// the plan and now is seen.
    /// </summary>
    internal Fd OpenExclusive()
    {
        var fd = Fd.TryOpen(Flags.AtFdCwd, Bytes.Of(Facts.DevicePath), Flags.ReadWrite | Flags.Exclusive, out var errno)
            ?? throw (errno == Errno.EBUSY
                ? UserError.Refused($"slot {Facts.Name} ({Facts.DevicePath}) is in use: the kernel does not give it up", "is it mounted in a container, or a part of RAID or LVM?")
                : new LinuxException("open", Facts.DevicePath, errno));
        try
        {
            var opened = ImageRoot.StatOf(fd, Bytes.OfRaw(""), Flags.AtEmptyPath, Facts.DevicePath);
            if (opened.Kind != FileKind.BlockDevice || $"{opened.SpecialMajor}:{opened.SpecialMinor}" != Facts.DeviceNumber)
            {
                throw UserError.Refused($"{Facts.DevicePath} is another device than slot {Facts.Name} was a moment ago", "run the command again");
            }

            var now = Same(_finder.Get(Facts.Name), Facts);
            SlotChoice.Require(now, SlotRules.RefusalsOfRace(now, _needs));
            return fd;
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static SlotFacts Same(SlotFacts now, SlotFacts before) =>
        now.DeviceNumber == before.DeviceNumber && now.PartUuid == before.PartUuid && now.SizeBytes == before.SizeBytes
            ? now
            : throw UserError.Refused($"slot {now.Name} is another partition now ({now.DevicePath}, before {before.DevicePath})", "the disk was changed meanwhile; run the command again");
}
