using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Blandify.Rules.Initramfs;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Personalise;
using Allie.Personalise;
using Allie.Plans;

namespace Allie.Cli.Personalise;

/// <summary>`personalise`: what prep does by itself, for an image that came onto the PC in another way.</summary>
internal static class PersonaliseCommands
{
    private static readonly Option<string?> Root = new("--root") { Description = "Where the image is mounted that is to become this PC's", HelpName = "NEW" };

    private static readonly Option<string[]> From = new("--from")
    {
        Description = "The system that this PC's identity is in (default /, the running one); again for others, in which what it lacks is looked for", HelpName = "OLD",
    };

    private static readonly Option<string?> HostName = new("--hostname") { Description = "This PC's name, instead of OLD's", HelpName = "H" };

    private static readonly Option<string?> Label = new("--label") { Description = "Label of the image's file system, for the root line of fstab (default: as it is mounted)", HelpName = "L" };

    private static readonly Option<bool> List = new("--list") { Description = "Print what is carried, item by item" };

    private static readonly Option<bool> Protect = new("--protect") { Description = "Print the rsync rules that keep it over a refresh from the image" };

    internal static System.CommandLine.Command[] All(Verbs verbs) =>
        [verbs.Change("personalise", "Make an image on this PC this PC's own: name, keys, network, mounts (prep does it by itself)", Run, Root, From, HostName, Label, List, Protect)];

    private static int Run(Invocation call)
    {
        if (call.Get(List) || call.Get(Protect))
        {
            return Tell(call);
        }

        Invocation.RequireRoot("personalise");
        var directory = Path.GetFullPath(call.Get(Root) ?? throw UserError.Refused("personalise what: --root is missing", "name the directory where the image is mounted"));
        var name = call.Get(HostName);
        if (name is not null && !PersonalPlan.IsHostName(name))
        {
            throw UserError.Refused($"cannot use '{RawName.Display(RawName.FromText(name))}' as a host name", "letters, digits, '-' and '.', at most 64");
        }

        if (!call.DryRun && HasMark(directory))
        {
            MountNamespace.Enter(); // starts the program anew: nothing may be held yet
        }

        using var held = new Roots(directory, call.Get(From) is { Length: > 0 } from ? from : ["/"]);
        using var one = call.DryRun ? null : held.Lock(call.Pc.Run);
        var disks = new PcFileSystems();
        var personaliser = new Personaliser(held.Sources, held.Fresh, call.Runner, call.Pc);
        var plan = personaliser.Plan(name, LabelOf(call, held.Fresh, directory, disks), disks);
        return call.Carry(plan, () => personaliser.Carry(plan), $"{directory} is this PC's: {Counted.Of(plan.Steps.Count, "change")}");
    }

    /// <summary>Then a tool of the image is run, in a room that is mounted.</summary>
    private static bool HasMark(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return false;
        }

        using var root = ImageRoot.Open(directory);
        return root.Exists(InitramfsMark.File);
    }

    /// <summary>The label in fstab must be the file system's, and no other's on this PC.</summary>
    private static string? LabelOf(Invocation call, ImageRoot fresh, string directory, PcFileSystems disks)
    {
        var real = MountTable.Here().Any(m => m.Point == directory) ? fresh.FileSystemLabel() ?? "" : "";
        var label = call.Get(Label) ?? (real.Length > 0 ? real : null);
        if (label is null)
        {
            return null;
        }

        if (label.Length == 0 || label.Any(c => c <= ' ' || c > '~' || "\"'\\$#".Contains(c)))
        {
            throw UserError.Refused($"cannot use '{label}' as a label", "letters, digits and signs without blanks, quotes, '$', '#' and '\\'");
        }

        if (real.Length > 0 && label != real)
        {
            throw UserError.Refused($"cannot use label {label}: the file system at {directory} is called {real}", "leave --label out, or: e2label DEVICE " + label);
        }

        return disks.Labelled(label) is { Count: > 1 } several
            ? throw UserError.Refused($"label {label} is on {string.Join(" and ", several)}: which one would start is chance", "give one of them another label: e2label, xfs_admin -L")
            : label;
    }

    private static int Tell(Invocation call)
    {
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["items"] = new JsonArray([.. PersonalPlan.Items.Select(i => (JsonNode)new JsonObject { ["item"] = i.Name, ["what"] = i.What })]),
                ["protect"] = JsonOutput.Array(ProtectList.Rules),
            });
        }
        else if (call.Get(Protect))
        {
            Console.Out.WriteLine(string.Join('\n', ProtectList.Rules));
        }
        else
        {
            Screen.Table(["item", "what"], PersonalPlan.Items.Select(i => new[] { i.Name, i.What }));
        }

        return ExitCode.Ok;
    }
}
