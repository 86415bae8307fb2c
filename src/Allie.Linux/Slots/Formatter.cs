using Allie.Errors;
using Allie.Linux.Native;
using Allie.Linux.Processes;
using Allie.Slots;

namespace Allie.Linux.Slots;

/// <summary>Makes a fresh file system on a guarded slot, with the label and the UUID that were decided and journalled before.</summary>
public sealed class Formatter(IRunner runner)
{
    private const int WipedBytes = 1 << 20; // every signature that Superblock knows lies within, at either end

    /// <summary>Everything on the slot is lost. Afterwards the superblock was read back and has this label and UUID.</summary>
    /// <exception cref="UserError">Refused (exit 2) or failed.</exception>
    public void Format(SlotGuard guard, string label, string uuid, string type = "ext4")
    {
        var facts = guard.Facts;
        var most = MakeFileSystem.MostLabelBytes(type);
        if (System.Text.Encoding.UTF8.GetByteCount(label) > most)
        {
            throw UserError.Refused($"the label '{label}' is too long", $"{type} takes {most} bytes");
        }

        using (var device = guard.OpenExclusive())
        {
            Wipe(device, facts);
        }

        Make(facts, type, label, AllieUuid.Check(uuid));
        Verify(facts, type, label, uuid);
    }

    /// <summary>Old signatures first: RAID at the end, or a file system mkfs does not overwrite, would make the slot ambiguous.</summary>
    internal static void Wipe(Fd device, SlotFacts facts)
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

    private void Make(SlotFacts facts, string type, string label, string uuid)
    {
        var commands = MakeFileSystem.Commands(type, facts.DevicePath, label, uuid);
        for (var i = 0; ; i++)
        {
            var command = new Command(commands[i].Program, commands[i].Arguments) { Limit = TimeSpan.FromMinutes(30) };
            var outcome = runner.Run(command);
            if (outcome.Ok)
            {
                return;
            }

            if (i + 1 == commands.Count || !outcome.ErrorTail.Any(MakeFileSystem.IsUnknownOption))
            {
                throw new UserError($"cannot format slot {facts.Name} ({facts.DevicePath}): {outcome.LastWord}", $"the command was: {command}");
            }
        }
    }

    internal static void Verify(SlotFacts facts, string type, string label, string uuid)
    {
        var found = DeviceBytes.ReadSignatures(facts.DevicePath, facts.SizeBytes);
        if (found is not [var fs] || fs.Type != type || fs.Label != label || !string.Equals(fs.Uuid, uuid, StringComparison.OrdinalIgnoreCase))
        {
            throw new UserError(
                $"cannot format slot {facts.Name} ({facts.DevicePath}): the superblock read back is not the one asked for ({string.Join(", ", found)})",
                "the disk may be failing: look at dmesg");
        }
    }
}
