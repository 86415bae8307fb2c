using System.CommandLine;
using Allie.Cli.Overlays;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Conf;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Overlays;
using Allie.Linux.Slots;

namespace Allie.Cli.Conf;

/// <summary>
/// imageconf's child for one inactive image: a process of its own, because it mounts in a private namespace and the active image's scripts
/// must not run in one. Hidden: `apply --root` is the verb for people.
/// </summary>
internal static class SlotApplyCommand
{
    internal const string Name = "apply-slot";

    private static readonly Argument<string> Slot = new("SLOT") { Description = "A declared slot" };

    internal static Command Make(Verbs verbs)
    {
        var command = verbs.Change(Name, "Apply overlays to the image in a slot", Run, Slot);
        command.Hidden = true;
        return command;
    }

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot(Name);
        if (!call.Yes && !call.DryRun && new DisabledFile("/", call.Pc).Read() is not null)
        {
            return ExitCode.Ok; // allie disable: silent, as it is said to whoever applies by hand
        }

        MountNamespace.Enter();
        var name = call.Get(Slot);
        using var held = SlotLock.Take(call.Pc.Run, name);
        var slot = new SlotFinder(call.Pc).Get(name);
        if (slot.IsRunningRoot || !InactiveImages.CanHoldImage(slot, call.Pc) || InactiveImages.Skip(slot) is not null)
        {
            throw UserError.Busy($"slot {name} is not free: {InactiveImages.Skip(slot) ?? "it holds no image"}");
        }

        // Read-only first, without replaying a journal: a declared slot may still hold somebody's files, and a mount for writing alone changes them.
        using (var look = MountScope.Mount(slot.DevicePath, slot.FileSystem!.Type, call.Pc.Run, readOnly: true))
        using (var root = ImageRoot.Open(look.Path))
        {
            if (root.TryReadText(ImagePath.Of(call.Pc.Stamp)) is null)
            {
                return ExitCode.Ok; // no image of ours, or one whose prep has not come that far
            }
        }

        using var mount = MountScope.Mount(slot.DevicePath, slot.FileSystem!.Type, call.Pc.Run, call.DryRun);
        using var image = ImageRoot.Open(mount.Path);
        using var others = OtherFileSystems.Mount(image, call.DryRun);
        if (others.Left.FirstOrDefault(l => ImagePath.Of(call.Pc.State).IsAtOrBelow(l.Point)) is { } state)
        {
            throw new UserError($"cannot look after slot {name}: allie's own notes of it are below {state.Point}, and {state.Why}", "mount it by its fstab, or mend the line");
        }

        return ApplyCommands.Run(call, mount.Path, [], null, name, others.Left);
    }
}
