using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Blandify;
using Allie.Blandify.Rules.Network;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Config;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Blandify;
using Allie.Linux.Files;

namespace Allie.Cli.Blandify;

/// <summary>Which rules look, and what they put in the place of what they take out.</summary>
internal static class RuleChoice
{
    internal static readonly Option<bool> List = new("--list") { Description = "Show every rule: what it does, why, and whether it is on" };

    private static readonly Option<string[]> With = new("--with")
    {
        Description = "Switch a rule on that is off, or that only tells, or all of a class (may be repeated)", HelpName = "RULE",
    };

    private static readonly Option<string[]> Without = new("--without") { Description = "Switch a rule off, or all of a class (may be repeated)", HelpName = "RULE" };

    private static readonly Option<string?> Initramfs = new("--initramfs")
    {
        Description = "An initramfs made for one PC: warn (default), rebuild (prep makes it anew on each PC), generic (also write settings for later ones)", HelpName = "CURE",
    };

    private static readonly Option<string?> Static = new("--static") { Description = "Fixed addresses: dhcp (default), keep, or drop (their profile goes)", HelpName = "POLICY" };

    private static readonly Option<string?> MachineId = new("--machine-id")
    {
        Description = "What the image has for a machine-id: empty (default), uninitialized (a first boot), keep", HelpName = "STATE",
    };

    private static readonly Option<string?> FileSystem = new("--fstype") { Description = "Type of the slots' file system, for fstab (default: as captured)", HelpName = "TYPE" };

    private static readonly Option<string?> SwapLabel = new("--swap-label") { Description = "Label of the PCs' swap (default: swap)", HelpName = "LABEL" };

    private static readonly Option<string?> BootLabel = new("--boot-label") { Description = "Label of a /boot of its own (default: /boot is part of /)", HelpName = "LABEL" };

    private static readonly Option<string[]> KeepMount = new("--keep-mount")
    {
        Description = "A local mount that every PC has: /scratch=LABEL=scratch (may be repeated)", HelpName = "POINT=SPEC",
    };

    internal static readonly Symbol[] Symbols = [List, With, Without, Initramfs, Static, MachineId, FileSystem, SwapLabel, BootLabel, KeepMount];

    /// <param name="call">The options of the command line.</param>
    /// <param name="label">Of the file system with /.</param>
    /// <param name="root">The tree; null where none is looked at.</param>
    internal static RuleOptions Of(Invocation call, string label, ImageRoot? root)
    {
        var site = OfSite(call, label);
        return site.Switched(call.Get(With) ?? [], call.Get(Without) ?? []) with
        {
            SwapLabel = call.Get(SwapLabel) is { } swap ? RuleOptions.CheckLabel(swap) : site.SwapLabel,
            BootLabel = call.Get(BootLabel) is { } boot ? RuleOptions.CheckLabel(boot) : site.BootLabel,
            FileSystem = call.Get(FileSystem) ?? site.FileSystem,
            KeptMounts = call.Get(KeepMount) is { Length: > 0 } mounts ? mounts.Select(RuleOptions.CheckMount).ToDictionary() : site.KeptMounts,
            StaticNetwork = Word(call.Get(Static), "--static", site.StaticNetwork),
            MachineId = Word(call.Get(MachineId), "--machine-id", site.MachineId),
            Initramfs = Word(call.Get(Initramfs), "--initramfs", site.Initramfs),
            ReadInitramfs = root is null ? null : new InitramfsReader(root, call.Runner).Read,
        };
    }

    /// <summary>What the site has said for every image.</summary>
    internal static RuleOptions OfSite(Invocation call, string label) =>
        SiteRules.Options(ImageName.Check(label), SiteDirectory(call));

    /// <summary>blandify.d beside server.toml.</summary>
    internal static string SiteDirectory(Invocation call) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(call.NamedConfig ?? ServerSettings.DefaultFile))!, SiteRules.DirectoryName);

    internal static int Show(Invocation call)
    {
        var options = Of(call, "image", null);
        var rules = RuleSet.All(options, CapturedPc.None);
        if (call.Json)
        {
            JsonOutput.Print(new JsonArray([.. rules.Select(r => (JsonNode)new JsonObject
            {
                ["op"] = r.Op, ["does"] = r.About.Does, ["why"] = r.About.Why, ["class"] = Lower(r.About.Class), ["default"] = Lower(r.About.Default),
                ["on"] = RuleSet.IsOn(r, options),
            })]));
            return ExitCode.Ok;
        }

        var width = rules.Max(r => r.Op.Length);
        foreach (var rule in rules)
        {
            var state = RuleSet.IsOn(rule, options) ? "on" : rule.About.Default switch { RuleDefault.Warn => "tells", RuleDefault.Never => "never", _ => "off" };
            Console.Out.WriteLine($"{rule.Op.PadRight(width)}  {state,-5}  {Lower(rule.About.Class),-8}  {rule.About.Does}. Why: {rule.About.Why}");
        }

        return ExitCode.Ok;
    }

    private static T Word<T>(string? text, string option, T absent)
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(n => n.ToLowerInvariant()).ToArray();
        return text is null ? absent : Array.IndexOf(words, text) is var at and >= 0 ? Enum.GetValues<T>()[at]
            : throw UserError.Refused($"cannot use '{text}' for {option}", "it must be one of " + string.Join(", ", words));
    }

    private static string Lower<T>(T word)
        where T : struct, Enum => Enum.GetName(word)!.ToLowerInvariant();
}
