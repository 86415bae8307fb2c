using Allie.Config;
using Allie.Installers.Bootstrap;
using Allie.Linux.Mounts;
using Allie.Linux.Slots;
using Allie.Slots;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>Bootstraps into a slot: guard, format, mount where nobody else sees it, fill.</summary>
public sealed class SlotBootstrap(PcSettings settings, Formatter formatter, BootstrapRun bootstrap)
{
    /// <param name="slot">As planned; looked at again under the slot's lock.</param>
    /// <param name="needs">What the refusals depend on.</param>
    /// <param name="label">Of the file system.</param>
    /// <param name="uuid">Of the file system; the request's fstab names it.</param>
    public void Run(SlotFacts slot, SlotNeeds needs, string label, string uuid, BootstrapRequest request, Action<string> onStage)
    {
        using var guard = SlotGuard.Take(new SlotFinder(settings), slot, needs, settings.Run);
        onStage($"formatting {slot.DevicePath} (slot {slot.Name})");
        formatter.Format(guard, label, uuid);
        using var mount = MountScope.Mount(slot.DevicePath, "ext4", settings.Run, readOnly: false, hasDevices: request.Maker == BootstrapMaker.Debootstrap);
        bootstrap.Run(request, mount.Path, $"slot {slot.Name}", onStage);
    }
}
