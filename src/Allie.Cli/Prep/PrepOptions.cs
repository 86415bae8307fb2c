using System.CommandLine;
using System.Text.RegularExpressions;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Prep;
using Allie.Slots;

namespace Allie.Cli.Prep;

/// <summary>What `prep` takes.</summary>
internal static partial class PrepOptions
{
    internal static readonly Argument<string> Image = new("IMAGE")
    {
        Description = "Name of an image on the server", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "",
    };

    internal static readonly Option<string?> Slot = new("--slot") { Description = "The slot to use; else the best spare one is chosen", HelpName = "S" };
    internal static readonly Option<string?> ReuseFs = new("--reuse-fs")
    {
        Description = "Give up the foreign file system with exactly this UUID, which the slot holds", HelpName = "UUID=...",
    };

    internal static readonly Option<bool> NoBootEntry = new("--no-boot-entry") { Description = "Leave the boot loader alone: no entry for the slot, and no try" };
    internal static readonly Option<bool> NoTry = new("--no-try") { Description = "Add the entry, and do not try the slot at the next start" };
    internal static readonly Option<bool> Retry = new("--retry") { Description = "Also a generation that was tried on this PC and failed" };
    internal static readonly Option<string?> Strategy = new("--strategy")
    {
        Description = $"How the image gets into the slot: {FetchStrategies.Names}; else chosen by what is on this PC", HelpName = "WAY",
    };

    internal static readonly Option<string?> FileSystem = new("--file-system")
    {
        Description = "ext4, xfs or btrfs; else [prep] file-system of the settings, else ext4", HelpName = "TYPE",
    };

    internal static readonly Option<string?> Bandwidth = new("--bandwidth")
    {
        Description = "Most bytes per second from the server, such as 10m; else [prep] bandwidth of the settings, else no limit", HelpName = "RATE",
    };

    internal static readonly Option<bool> Status = new("--status") { Description = "Tell which preps were cut short, and where" };
    internal static readonly Option<bool> Resume = new("--resume") { Description = "Go on with the one that was cut short" };
    internal static readonly Option<bool> Abort = new("--abort") { Description = "Give up the one that was cut short: boot files as before, the slot empty" };

    internal static FetchStrategy? StrategyOf(Invocation call) => call.Get(Strategy) is { } word ? FetchStrategies.Parse(word) : null;

    internal static string FileSystemOf(Invocation call) => MakeFileSystem.Check(call.Get(FileSystem) ?? call.Pc.PrepFileSystem);

    /// <exception cref="UserError">Exit 2.</exception>
    internal static string? BandwidthOf(Invocation call) => (call.Get(Bandwidth) ?? call.Pc.PrepBandwidth) switch
    {
        "" => null,
        var rate when Rate().IsMatch(rate) => rate,
        var rate => throw UserError.Refused($"'{rate}' is no bandwidth", "bytes per second with k, m or g: 500k, 10m"),
    };

    internal static string? ReuseUuid(Invocation call) => call.Get(ReuseFs) switch
    {
        null => null,
        var typed => AllieUuid.Check(typed.StartsWith("UUID=", StringComparison.Ordinal) ? typed["UUID=".Length..] : typed),
    };

    [GeneratedRegex(@"^[1-9][0-9]{0,8}(\.[0-9]+)?[kKmMgG]$")]
    private static partial Regex Rate();
}
