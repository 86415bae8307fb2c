using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Boot;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Slots;

namespace Allie.Linux.Slots;

/// <summary>
/// Looks into slots: through the mount where there is one, else mounted read-only without replaying the journal. Call
/// <see cref="MountNamespace.Enter"/> first.
/// </summary>
public sealed class SlotContents(PcSettings settings)
{
    private readonly Lazy<BootOwner> _owner = new(() => new BootOwner(settings));

    private static readonly HashSet<string> Mountable = ["ext2", "ext3", "ext4", "xfs", "btrfs"];

    public SlotContent Read(SlotFacts facts)
    {
        if (facts.IsRunningRoot || facts.MountedHere is not null)
        {
            using var root = ImageRoot.Open(facts.IsRunningRoot ? "/" : facts.MountedHere!);
            return Read(root, facts);
        }

        if (facts.Signatures is not [{ } fs] || !Mountable.Contains(fs.Type))
        {
            return SlotContent.Nothing;
        }

        try
        {
            using var scope = MountScope.Mount(facts.DevicePath, fs.Type, settings.Run, readOnly: true);
            using var root = ImageRoot.Open(scope.Path);
            return Read(root, facts);
        }
        catch (LinuxException)
        {
            return SlotContent.Nothing; // damaged, or mounted for writing in another namespace: the list goes on without it
        }
    }

    private SlotContent Read(ImageRoot root, SlotFacts facts)
    {
        var marker = root.TryReadText(ImagePath.Of(SlotMarker.Path)) is { } text ? SlotMarker.TryParse(text) : null;
        return new(Stamp(root, facts.IsRunningRoot ? settings.Stamp : ImageStamp.Path), marker?.FsUuid == facts.FileSystem?.Uuid ? marker : null,
            _owner.Value.Why(root, facts.FileSystem?.Uuid ?? ""))
        {
            Fstab = Text(root, "etc/fstab"),
            Crypttab = Text(root, "etc/crypttab"),
        };
    }

    /// <summary>Of the running system: what it would mount.</summary>
    internal static SlotContent OfRunningSystem()
    {
        using var root = ImageRoot.Open("/");
        return SlotContent.Nothing with { Fstab = Text(root, "etc/fstab"), Crypttab = Text(root, "etc/crypttab") };
    }

    private static string Text(ImageRoot root, string file)
    {
        try
        {
            return root.TryReadText(ImagePath.Of(file)) ?? "";
        }
        catch (Exception e) when (e is LinuxException or UserError or IOException)
        {
            return ""; // a damaged file system gives what it can
        }
    }

    private static ImageStamp? Stamp(ImageRoot root, string file)
    {
        var path = ImagePath.Of(file);
        try
        {
            return root.TryReadText(path) is { } text ? ImageStamp.Parse(text, root.Show(path)) : null;
        }
        catch (UserError)
        {
            return null; // a damaged stamp is no stamp; what reads it for deciding parses it itself
        }
    }
}
