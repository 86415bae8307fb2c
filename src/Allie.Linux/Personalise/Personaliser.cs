using System.Text;
using Allie.Config;
using Allie.Files;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Overlays;
using Allie.Linux.Processes;
using Allie.Personalise;
using Allie.Plans;

namespace Allie.Linux.Personalise;

/// <summary>
/// Makes a fresh image this PC's. Only the image's tree is written to; nothing goes back to the server. Can be killed and run again at any
/// point: each step is whole or not there, and a plan has only what is missing.
/// </summary>
/// <param name="sources">Where the PC's identity is, the best first; "/" is the running system.</param>
/// <param name="fresh">The image.</param>
/// <param name="runner">Runs ssh-keygen, and the image's tool that makes an initramfs.</param>
/// <param name="settings">Of this PC.</param>
public sealed class Personaliser(IReadOnlyList<ImageRoot> sources, ImageRoot fresh, IRunner runner, PcSettings settings)
{
    private const string SelinuxAttribute = "security.selinux";

    // Where the overlay engine keeps a copy of each file it has put into an image.
    private readonly ImagePath _applied = ImagePath.Of(settings.State).Join("applied");

    /// <param name="hostName">Null: as the sources say.</param>
    /// <param name="label">Of the image's file system; null: the root line of fstab stays.</param>
    /// <param name="disks">What is on this PC's disks.</param>
    /// <param name="fileSystem">Type of the image's file system; null: as it can be told.</param>
    public Plan<PersonalStep> Plan(string? hostName, string? label, PcFileSystems disks, string? fileSystem = null)
    {
        var running = sources[0].HostPath == "/";
        return PersonalPlan.Make(new()
        {
            Sources = [.. sources.Select(s => new ImageTreeView(s))],
            New = new ImageTreeView(fresh),
            Choices = settings.Personalise,
            HostName = hostName,
            KernelName = running ? Environment.MachineName : null,
            Label = label,
            FileSystemType = fileSystem ?? RootFileSystem.Of(fresh).Type,
            FreshId = Convert.ToHexStringLower(RandomBytes.Read(16)),
            SwapUuid = disks.SwapUuid,
            DeviceUuid = disks.UuidOf,
            IsOverlays = path => fresh.Exists(path.Under(_applied)),
            Cards = running ? NetworkCards.OfThisPc() : [],
        });
    }

    public void Carry(Plan<PersonalStep> plan)
    {
        foreach (var directory in plan.Steps.Select(s => s.Path.Parent).Distinct().Where(d => fresh.TryStat(d) is { IsDirectory: true }))
        {
            foreach (var left in fresh.List(directory).Where(n => n.StartsWith(ImageRoot.TemporaryPrefix, StringComparison.Ordinal)))
            {
                fresh.RemoveFile(directory.Join(left)); // of a run that was killed
            }
        }

        foreach (var step in plan.Steps)
        {
            Carry(step);
        }

        fresh.SyncFileSystem();
    }

    private void Carry(PersonalStep step)
    {
        if (step.Kind != PersonalAction.Delete)
        {
            fresh.MakeDirectories(step.Path.Parent, 0x1ED);
        }

        switch (step.Kind)
        {
            case PersonalAction.Copy:
                fresh.CopyFrom(sources[step.Source], step.Path, step.Path, CopiedMetadata(step));
                break;
            case PersonalAction.Write:
                fresh.WriteFile(step.Path, Encoding.Latin1.GetBytes(step.Text), WrittenMetadata(step));
                break;
            case PersonalAction.Convert:
                ConvertHostKey(step);
                break;
            case PersonalAction.Link:
                fresh.WriteSymlink(step.Path, step.Text, Labelled(step, FileMetadata.Root(0x1FF, ImageRoot.Now)));
                break;
            case PersonalAction.Directory:
                fresh.MakeDirectories(step.Path, 0x1ED);
                break;
            case PersonalAction.Delete:
                fresh.RemoveFile(step.Path);
                break;
            case PersonalAction.Rename:
                Rename(step.From, step.Path);
                break;
            case PersonalAction.Build:
                new InitramfsMaking(fresh, runner).Make(step.Path, step.Words);
                fresh.SetMetadata(step.Path, Labelled(step, fresh.Metadata(step.Path))); // its label: in a chroot there is nobody to give it one
                break;
            default:
                MakeHostKey(step);
                break;
        }
    }

    private FileMetadata CopiedMetadata(PersonalStep step)
    {
        var metadata = sources[step.Source].Metadata(step.Path);
        var owner = step.Owner ?? (metadata.Uid, metadata.Gid);
        return Labelled(step, metadata with { Permissions = step.Permissions ?? metadata.Permissions, Uid = owner.Uid, Gid = owner.Gid });
    }

    private FileMetadata WrittenMetadata(PersonalStep step)
    {
        var metadata = fresh.TryStat(step.Path) is { IsRegular: true } ? fresh.Metadata(step.Path) with { MtimeNs = ImageRoot.Now } : FileMetadata.Root(0x1A4, ImageRoot.Now);
        return Labelled(step, metadata with { Permissions = step.Permissions ?? metadata.Permissions });
    }

    private static FileMetadata Labelled(PersonalStep step, FileMetadata metadata) =>
        step.Label is null ? metadata
            : metadata with { Xattrs = new Dictionary<string, byte[]>(metadata.Xattrs) { [SelinuxAttribute] = [.. Encoding.Latin1.GetBytes(step.Label), 0] } };

    private void Rename(ImagePath from, ImagePath to)
    {
        fresh.Rename(from, to);
        for (var left = from.Parent; !to.IsAtOrBelow(left) && fresh.RemoveEmptyDirectory(left); left = left.Parent)
        {
        }
    }

    /// <summary>On a private copy, that nobody else can read.</summary>
    private void ConvertHostKey(PersonalStep step)
    {
        using var scratch = new Scratch(settings.Run);
        using var made = ImageRoot.Open(scratch.Path);
        var key = ImagePath.Of("key");
        var secret = FileMetadata.Root(0x180, sources[step.Source].Metadata(step.Path).MtimeNs);
        made.CopyFrom(sources[step.Source], step.Path, key, secret);
        runner.RunChecked(new Command("ssh-keygen", "-q", "-p", "-m", "PEM", "-P", "", "-N", "", "-f", made.Show(key)), $"{step.Path} of this PC: has it a passphrase? skip = [\"host-keys\"] in [personalise] leaves the keys out");
        fresh.CopyFrom(made, key, step.Path, Labelled(step, secret));
    }

    /// <summary>Made outside the image: ssh-keygen would follow a symlink of the image into the running system.</summary>
    private void MakeHostKey(PersonalStep step)
    {
        using var scratch = new Scratch(settings.Run);
        var key = Path.Combine(scratch.Path, "key");
        runner.RunChecked(new Command("ssh-keygen", ["-q", "-t", step.Text, .. step.Words, "-N", "", "-C", "root", "-f", key]), "install openssh-client, or give this PC host keys");
        using var made = ImageRoot.Open(scratch.Path);
        foreach (var (name, path) in new[] { ("key.pub", step.Path.Parent.Join(step.Path.Name + ".pub")), ("key", step.Path) })
        {
            fresh.CopyFrom(made, ImagePath.Of(name), path, Labelled(step, made.Metadata(ImagePath.Of(name))));
        }
    }
}
