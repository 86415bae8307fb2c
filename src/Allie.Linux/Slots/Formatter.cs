using Allie.Errors;
using Allie.Linux.Native;
using Allie.Linux.Processes;
using Allie.Slots;

namespace Allie.Linux.Slots;

/// <summary>Makes a fresh ext4 on a guarded slot, with the label and the UUID that were decided and journalled before.</summary>
public sealed class Formatter(IRunner runner)
{
    private const int WipedBytes = 1 << 20; // every signature that Superblock knows lies within, at either end

    /// <summary>
    /// Features that boot loaders of other ages do not read. A mke2fs that does not know one refuses before it writes anything
    /// (1.46 and orphan_file), so the list is then tried shorter.
    /// </summary>
    private static readonly string[] Features = ["^metadata_csum_seed,^orphan_file", "^metadata_csum_seed", ""];

    /// <summary>Everything on the slot is lost. Afterwards the superblock was read back and has this label and UUID.</summary>
    /// <exception cref="UserError">Refused (exit 2) or failed.</exception>
    public void Format(SlotGuard guard, string label, string uuid)
    {
        var facts = guard.Facts;
        if (System.Text.Encoding.UTF8.GetByteCount(label) > 16)
        {
            throw UserError.Refused($"the label '{label}' is too long", "ext4 takes 16 bytes");
        }

        using (var device = guard.OpenExclusive())
        {
            Wipe(device, facts);
        }

        MakeFileSystem(facts, label, AllieUuid.Check(uuid));
        Verify(facts, label, uuid);
    }

    /// <summary>Old signatures first: RAID at the end, or a file system mkfs does not overwrite, would make the slot ambiguous.</summary>
    private static void Wipe(Fd device, SlotFacts facts)
    {
        var zeros = new byte[(int)Math.Min(WipedBytes, facts.SizeBytes)];
        foreach (var at in (ReadOnlySpan<long>)[0, facts.SizeBytes - zeros.Length])
        {
            if (Libc.lseek(device.Number, at, 0) != at)
            {
                throw LinuxException.Last("write", facts.DevicePath);
            }

            device.Write(zeros, facts.DevicePath);
        }

        device.Sync(facts.DevicePath);
    }

    private void MakeFileSystem(SlotFacts facts, string label, string uuid)
    {
        foreach (var features in Features)
        {
            var command = new Command("mkfs.ext4", Arguments(facts.DevicePath, label, uuid, features)) { Limit = TimeSpan.FromMinutes(30) };
            var outcome = runner.Run(command);
            if (outcome.Ok)
            {
                return;
            }

            if (features.Length == 0 || !outcome.ErrorTail.Any(l => l.Contains("Invalid filesystem option set", StringComparison.Ordinal)))
            {
                throw new UserError($"cannot format slot {facts.Name} ({facts.DevicePath}): {outcome.LastWord}", $"the command was: {command}");
            }
        }
    }

    private static List<string> Arguments(string device, string label, string uuid, string features)
    {
        List<string> arguments = ["-q", "-F", "-L", label, "-U", uuid];
        if (features.Length > 0)
        {
            arguments.AddRange(["-O", features]);
        }

        return [.. arguments, device];
    }

    private static void Verify(SlotFacts facts, string label, string uuid)
    {
        var found = DeviceBytes.ReadSignatures(facts.DevicePath, facts.SizeBytes);
        if (found is not [{ Type: "ext4" } fs] || fs.Label != label || !string.Equals(fs.Uuid, uuid, StringComparison.OrdinalIgnoreCase))
        {
            throw new UserError(
                $"cannot format slot {facts.Name} ({facts.DevicePath}): the superblock read back is not the one asked for ({string.Join(", ", found)})",
                "the disk may be failing: look at dmesg");
        }
    }
}
