using Allie.Boot;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Prep;
using Allie.Slots;

namespace Allie.Linux.Boot;

/// <summary>A slot opened to be started from: its tree, and the entry that starts it. Nothing is written to it.</summary>
public sealed class SlotOpening : IDisposable
{
    private readonly IDisposable? _mount;

    private SlotOpening(IDisposable? mount, ImageRoot root, BootEntry entry, ImageStamp stamp)
    {
        _mount = mount;
        Root = root;
        Entry = entry;
        Stamp = stamp;
    }

    public ImageRoot Root { get; }

    public BootEntry Entry { get; }

    public ImageStamp Stamp { get; }

    /// <param name="home">For allie.home= of the kernel line.</param>
    /// <exception cref="UserError">Exit 2: no complete image, or nothing in it that could be started.</exception>
    public static SlotOpening Open(PcSettings settings, SlotFacts slot, BootHomeName? home)
    {
        var here = slot.IsRunningRoot ? "/" : slot.MountedHere;
        var mount = here is null ? MountScope.Mount(slot.DevicePath, slot.FileSystem?.Type ?? throw Empty(slot), settings.Run, readOnly: true) : null;
        ImageRoot? root = null;
        try
        {
            root = ImageRoot.Open(here ?? mount!.Path);
            var uuid = slot.FileSystem?.Uuid ?? throw Empty(slot);
            var marker = root.TryReadText(ImagePath.Of(SlotMarker.Path)) is { } text ? SlotMarker.TryParse(text) : null;
            if (marker?.FsUuid != uuid)
            {
                throw Empty(slot);
            }

            var stamp = new ImageStamp(marker.Image, marker.Generation, "", "");
            var kernel = SlotKernel.Find(root, stamp.Name);
            var entry = new BootEntry(
                slot.Name, BootEntry.TitleOf(stamp.Name, stamp.Generation, slot.Name), uuid, kernel.Kernel, kernel.Initrd,
                KernelLine.Make(uuid, slot.Name, home, kernel.Arguments, settings.KernelArguments));
            return new(mount, root, entry, stamp);
        }
        catch
        {
            root?.Dispose();
            mount?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Root.Dispose();
        _mount?.Dispose();
    }

    private static UserError Empty(SlotFacts slot) =>
        UserError.Refused($"slot {slot.Name} ({slot.DevicePath}) holds no complete image", $"allie prep IMAGE --slot {slot.Name} puts one there; see: allie slot list");
}
