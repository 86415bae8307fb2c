using System.CommandLine;
using Allie.Cli.Blandify;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Fleet;
using Allie.Images;
using Allie.Linux.Images;

namespace Allie.Cli.Images;

/// <summary>Another name for an image that no PC has and no PC is to have.</summary>
internal static class RenameCommand
{
    private static readonly Argument<string> Old = new("OLD") { Description = "The image" };
    private static readonly Argument<string> New = new("NEW") { Description = "Its new name, up to 12 characters" };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("rename", "Give an image another name, with its generations, work tree and overlays; refused while a PC has it or is to have it", Run, Old, New);

    private static int Run(Invocation call)
    {
        var store = ImageCommands.Store(call, "image rename");
        var note = new RenameNote(ImageName.Check(call.Get(Old)), ImageName.Check(call.Get(New)));
        var left = store.RenameUnderWay;
        var goesOn = left is not null && (left.Old, left.New) == (note.Old, note.New);
        if (left is not null && !goesOn)
        {
            throw UserError.Refused($"a rename of {left.Old} was cut short", $"end it first: allie image rename {left.Old} {left.New}");
        }

        if (note.Old == note.New)
        {
            throw UserError.Refused($"{note.Old} has that name already");
        }

        using var held = call.DryRun ? null : ImageRename.Lock(store, note.Old);
        using var heldNew = call.DryRun ? null : ImageRename.Lock(store, note.New);
        if (!goesOn)
        {
            ImageCommands.Known(store, note.Old);
            RefuseInUse(call, store, note.Old);
        }

        var rename = new ImageRename(store, call.Server.Overlays, Path.GetDirectoryName(AcceptLists.FileOf(call, note.Old))!, note.Old, note.New);
        var plan = rename.Plan(goesOn);
        Prompt.Confirm(call, $"rename image {note.Old} to {note.New}?");
        return call.Carry(plan, () => rename.Carry(left ?? note), $"{note.Old} is {note.New} now; next: allie server conf");
    }

    private static void RefuseInUse(Invocation call, ImageStore store, string image)
    {
        if (store.HoldNote(image) is not null)
        {
            throw UserError.Refused($"cannot rename {image}: it is held", $"first: allie image release {image}");
        }

        var hosts = call.Server.Hosts;
        if (File.Exists(hosts) && HostsFile.Parse(File.ReadAllText(hosts), hosts).Entries.FirstOrDefault(h => h.Images.Contains(image)) is { } host)
        {
            throw UserError.Refused($"cannot rename {image}: {hosts} names it for PC {host.Name}", $"first: allie host set {host.Name} images-={image}");
        }

        var use = GenerationUse.Look(store, call.Server.Reports);
        if (use.Unreadable.Count > 0)
        {
            throw UserError.Refused($"cannot rename {image}: {use.Unreadable[0]} cannot be read, so what that PC runs is not known", "look at it; remove it if it is rubbish");
        }

        if (use.Of(image) is [var (who, generation), ..])
        {
            throw UserError.Refused($"cannot rename {image}: {who} has generation {generation} of it", "give that PC another image first; a PC that is no more: remove its directory below " + call.Server.Reports);
        }
    }
}
