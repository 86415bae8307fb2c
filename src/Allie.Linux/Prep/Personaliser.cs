using Allie.Config;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Plans;
using Allie.Prep;

namespace Allie.Linux.Prep;

/// <summary>Makes a fresh image in a slot this PC's. Nothing of it goes back to the server.</summary>
public sealed class Personaliser(RunningPc running, ImageRoot fresh, IRunner runner, PcSettings settings)
{
    // Where the overlay engine keeps a copy of each file it has put into an image.
    private readonly ImagePath _applied = ImagePath.Of(settings.State).Join("applied");

    /// <param name="label">Of the slot's file system.</param>
    /// <param name="swapUuids">Of this PC's swap.</param>
    /// <param name="fileSystem">Its type.</param>
    public Plan<PersonalStep> Plan(string label, IReadOnlyList<string> swapUuids, string fileSystem = "ext4")
    {
        var own = ImagePath.Of(PcSettings.DefaultFile);
        (ImagePath Path, string Reason)[] carried =
        [
            .. running.HostKeys().Where(_ => fresh.Exists(ImagePath.Of("etc/ssh"))).Select(p => (p, "host key of this PC")),
            .. running.NetworkProfiles(fresh).Select(p => (p, "network of this PC")),
            .. running.Root.TryStat(own) is { IsRegular: true } ? [(own, "settings of this PC")] : Array.Empty<(ImagePath, string)>(),
        ];
        return PersonalPlan.Make(new()
        {
            HostName = running.HostName(),
            MachineId = running.MachineId(),
            Carried = carried,
            FromOverlay = Managed(carried.Select(c => c.Path)).ToHashSet(),
            NewHosts = fresh.TryReadText(ImagePath.Of("etc/hosts")) ?? "",
            NewFstab = fresh.TryReadText(ImagePath.Of("etc/fstab")) ?? "",
            Label = label,
            FileSystemType = fileSystem,
            SwapUuids = swapUuids,
        });
    }

    public void Carry(Plan<PersonalStep> plan)
    {
        foreach (var step in plan.Steps)
        {
            fresh.MakeDirectories(step.Path.Parent, 0x1ED);
            if (step.Text is null)
            {
                fresh.CopyFrom(running.Root, step.Path, step.Path);
            }
            else
            {
                var metadata = FileMetadata.Root(step.Permissions, ImageRoot.Now);
                fresh.RewriteFile(step.Path, System.Text.Encoding.UTF8.GetBytes(step.Text), metadata);
            }
        }

        MakeHostKeys();
    }

    /// <summary>A running system without keys has none to carry; its image would make new ones at each start if it cannot keep them.</summary>
    private void MakeHostKeys()
    {
        var ssh = ImagePath.Of("etc/ssh");
        if (running.HostKeys().Count > 0 || RunningPc.HostKeysOf(fresh).Count > 0 || fresh.TryStat(ssh) is not { IsDirectory: true })
        {
            return;
        }

        // Made outside the image: ssh-keygen would follow a symlink of the image into the running system.
        using var scratch = new Scratch(settings.Run);
        Directory.CreateDirectory(Path.Combine(scratch.Path, ssh.Raw));
        runner.RunChecked(new Command("ssh-keygen", "-A", "-f", scratch.Path), "install openssh-client, or give this PC host keys");
        using var made = ImageRoot.Open(scratch.Path);
        foreach (var key in RunningPc.HostKeysOf(made))
        {
            fresh.CopyFrom(made, key, key);
        }
    }

    private IEnumerable<ImagePath> Managed(IEnumerable<ImagePath> more) =>
        new[] { "etc/hostname", "etc/hosts", "etc/machine-id" }.Select(ImagePath.Of).Concat(more).Where(p => fresh.Exists(p.Under(_applied)));
}
