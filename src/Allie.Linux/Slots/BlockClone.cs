using Allie.Errors;
using Allie.Linux.Native;
using Allie.Linux.Processes;
using Allie.Slots;

namespace Allie.Linux.Slots;

/// <summary>
/// Copies the used blocks of an inactive slot onto a guarded one and makes the copy a file system of its own. The seed is only read, and
/// the kernel lets nobody mount it meanwhile.
/// </summary>
public sealed class BlockClone(IRunner runner)
{
    private const int HeadBytes = 4096; // the superblock is within

    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    /// <summary>Everything on the slot is lost. Afterwards its superblock was read back and has this label and UUID.</summary>
    /// <exception cref="UserError">The seed cannot be copied, or the copy was not sound: format the slot instead.</exception>
    public void Copy(SlotGuard guard, SlotFacts seed, string type, string label, string uuid)
    {
        using (var source = OpenSeed(seed))
        {
            if (type == "xfs")
            {
                CopyXfs(guard, seed, label, uuid);
            }
            else
            {
                CopyExt(guard, source, seed, label, uuid);
            }
        }

        Formatter.Verify(guard.Facts, type, label, uuid);
    }

    private static Fd OpenSeed(SlotFacts seed) =>
        Fd.TryOpen(Flags.AtFdCwd, Bytes.Of(seed.DevicePath), Flags.ReadOnly | Flags.Exclusive, out var errno)
        ?? throw new UserError($"cannot copy slot {seed.Name} ({seed.DevicePath}): {Errno.Text(errno)}", "is it mounted in a container?");

    private void CopyExt(SlotGuard guard, Fd source, SlotFacts seed, string label, string uuid)
    {
        const uint NeedsRecovery = 0x4;
        var head = Read(source, 0, HeadBytes, seed.DevicePath);
        var super = head.AsSpan(CloneSuperblock.At);
        if ((System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(super[0x60..]) & NeedsRecovery) != 0)
        {
            throw new UserError($"cannot copy slot {seed.Name}: it was not unmounted cleanly, its block lists may be old", "its files are copied instead");
        }

        var ranges = FreeBlocks.UsedRanges(runner.RunChecked(new Command("dumpe2fs", seed.DevicePath) { Limit = Limit }).Output)
            ?? throw new UserError($"cannot copy slot {seed.Name}: dumpe2fs tells nothing of its blocks", "is e2fsprogs whole?");
        var hadSeed = (System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(super[0x60..]) & 0x2000) != 0;
        if (!CloneSuperblock.TryRename(super, uuid, label))
        {
            throw new UserError($"cannot copy slot {seed.Name}: its ext4 has no metadata checksums, so it is none of ours", "its files are copied instead");
        }

        var device = guard.Facts.DevicePath;
        using (var target = guard.OpenExclusive())
        {
            Formatter.Wipe(target, guard.Facts);
            BlockCopy.Ranges(source, target, ranges.Select(r => (Math.Max(r.From, HeadBytes), r.To)), seed.DevicePath, device);
            target.Sync(device);

            // Last, and with its own names: until now the slot held nothing that anybody would mount.
            target.Seek(0, device);
            target.Write(head, device);
            target.Sync(device);
        }

        Check(new("e2fsck", "-f", "-p", device), 1);
        if (!hadSeed)
        {
            Check(new("tune2fs", "-O", "^metadata_csum_seed", device), 0);
        }

        Check(new("resize2fs", device), 0);
        Check(new("e2fsck", "-f", "-n", device), 0);
    }

    /// <summary>xfs_copy gives the copy a random UUID as it goes; only the label is the seed's for a moment, by which nothing is booted.</summary>
    private void CopyXfs(SlotGuard guard, SlotFacts seed, string label, string uuid)
    {
        var device = guard.Facts.DevicePath;
        using (var target = guard.OpenExclusive())
        {
            Formatter.Wipe(target, guard.Facts);
        }

        Check(new("xfs_copy", "-L", "/dev/null", seed.DevicePath, device), 0);
        Check(new("xfs_admin", "-L", label, "-U", uuid, device), 0);
        Check(new("xfs_repair", "-n", device), 0);
    }

    private void Check(Command command, int mostCode)
    {
        var outcome = runner.Run(command with { Limit = Limit });
        if (outcome.ExitCode > mostCode)
        {
            throw new UserError($"the copied file system is not sound: {command.Program} ended with {outcome.ExitCode}: {outcome.LastWord}", $"the command was: {command}");
        }
    }

    private static byte[] Read(Fd fd, long at, int count, string shown)
    {
        fd.Seek(at, shown);
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var read = fd.Read(bytes.AsSpan(done), shown);
            done += read > 0 ? read : throw new LinuxException("read", shown, Errno.EIO);
        }

        return bytes;
    }
}
