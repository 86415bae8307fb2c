using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Images;
using Allie.Installers;
using Allie.Installers.Bootstrap;
using Allie.Linux.Installers.Bootstrap;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Plans;
using Allie.Slots;

namespace Allie.Cli.Installers.Bootstrap;

/// <summary>Steps 1 to 3 with no installer at all: a tree made from packages by the running system.</summary>
internal static class BootstrapCommand
{
    private const string RunDirectory = "/run/allie";

    internal static Command Make(Verbs verbs) => verbs.Change(
        "bootstrap", "Make a system from packages or an OCI image, in a slot, a directory or an image's work tree", Run, BootstrapOptions.All);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("installer bootstrap");
        var into = call.Get(BootstrapOptions.Into)!;
        if (into.Contains('/'))
        {
            var directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(into));
            return IntoTree(call, directory, $"{RunDirectory}/bootstrap{directory.Replace('/', '-')}.lock", call.Get(BootstrapOptions.Label) ?? Kickstart.Label, "");
        }

        MountNamespace.Enter();
        if (BootstrapPlaces.SlotOf(call, into) is { } slot)
        {
            return IntoSlot(call, slot);
        }

        var image = ImageName.Check(into);
        var work = BootstrapPlaces.WorkDirectory(call, image);
        return IntoTree(call, $"{work}/{image}", $"{work}/.{image}.lock", image, $"; next: allie image blandify {image}");
    }

    private static int IntoSlot(Invocation call, SlotFacts slot)
    {
        var needs = new SlotNeeds(call.Pc.AllowLoopDevices, BootstrapPlaces.ReuseUuid(call));
        SlotChoice.Require(slot, SlotRules.Refusals(slot, needs));
        var uuid = AllieUuid.Make(RandomBytes.Read(16));
        var label = call.Get(BootstrapOptions.Label) ?? Kickstart.Label;
        var request = BootstrapOptions.Request(call, $"UUID={uuid}");
        if (!slot.IsBlank)
        {
            Prompt.Confirm(call, $"everything on slot {slot.Name} ({slot.DevicePath}, {slot.FileSystem}) will be lost; format it?");
        }

        // Before the slot is formatted, not only in a dry run: a mistyped suite costs nobody what is there.
        if (!call.DryRun)
        {
            Screen.Say($"looking whether {request.Suite} can be made");
        }

        var outlook = new BootstrapLook(call.Runner, call.Pc.Run).Of(request, $"slot {slot.Name}");
        needs = needs with { Bytes = outlook.LeastBytes };
        SlotChoice.Require(slot, SlotRules.Refusals(slot, needs));
        var bootstrap = new SlotBootstrap(call.Pc, new(call.Runner), new(call.Runner));
        return call.Carry(
            Plan(call, [new("format", slot.DevicePath, $"slot {slot.Name}, now {slot.FileSystem?.ToString() ?? "empty"}")], request, $"slot {slot.Name}", outlook),
            () => bootstrap.Run(slot, needs, label, uuid, request, Screen.Say),
            $"slot {slot.Name}: {request.Suite} is there; no boot entry was made. Next: allie offer {slot.DevicePath}");
    }

    private static int IntoTree(Invocation call, string directory, string lockFile, string label, string next)
    {
        TreeBootstrap.Refuse(directory);
        MountNamespace.Enter();
        var request = BootstrapOptions.Request(call, $"LABEL={label}");
        var outlook = call.DryRun ? new BootstrapLook(call.Runner, RunDirectory).Of(request, directory) : null;
        if (outlook is not null)
        {
            TreeBootstrap.RequireRoom(directory, outlook.LeastBytes);
        }

        return call.Carry(
            Plan(call, [], request, directory, outlook),
            () => new TreeBootstrap(new(call.Runner)).Run(directory, lockFile, request, Screen.Say),
            $"{directory}: {request.Suite} is there{next}");
    }

    private static Plan<PlainStep> Plan(Invocation call, IEnumerable<PlainStep> before, BootstrapRequest request, string place, BootstrapOutlook? outlook) => new(
        [.. before, Step(request, place, call.DryRun ? outlook : null)],
        call.DryRun && outlook is not null ? [.. outlook.Unchecked.Select(u => "not checked: " + u)] : []);

    private static PlainStep Step(BootstrapRequest request, string place, BootstrapOutlook? outlook) =>
        new("bootstrap", place, $"{request.Suite}, by {request.Maker switch { BootstrapMaker.Oci => "unpacking the OCI image", var m => m.ToString().ToLowerInvariant() }}{(request.Packages.Count > 0 ? $", {Counted.Of(request.Packages.Count, "package")} and what they need" : "")}, from {Origin(request)}{(outlook is null ? "" : "; " + outlook.Words)}");

    private static string Origin(BootstrapRequest request) => string.Join("; ", request.From is { } from ? [from, .. request.Sources]
        : request.Repositories.Count > 0 ? [$"this machine's repositories {string.Join(", ", request.Repositories)}"]
        : request.Sources);
}
