using System.CommandLine;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Installers;
using Allie.Linux.Installers;

namespace Allie.Cli.Installers;

/// <summary>The options of bootstrap, and the request they make.</summary>
internal static class BootstrapOptions
{
    internal static readonly Option<string> Into = new("--into")
    {
        Description = "A slot of this PC (formatted), a directory (has a /), or an image's name on a server (its work tree)", HelpName = "SLOT|DIR|IMAGE", Required = true,
    };

    internal static readonly Option<string?> Label = new("--label") { Description = "Label of the slot's file system (default: allie-new)", HelpName = "LABEL" };

    internal static readonly Option<string?> ReuseFs = new("--reuse-fs")
    {
        Description = "Give up the file system with exactly this UUID that is on the slot and is not ours", HelpName = "UUID=...",
    };

    private static readonly Option<string> Suite = new("--suite") { Description = "trixie, bookworm, noble, ...", HelpName = "SUITE", Required = true };

    private static readonly Option<string[]> Mirror = new("--mirror")
    {
        Description = "A mirror's URL or a whole \"deb ...\" line; may be repeated (default: the mirror of this machine's apt)", HelpName = "URL|LINE", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Packages = new("--packages") { Description = "The packages to install instead of ours, one a line", HelpName = "FILE" };
    private static readonly Option<string> Include = new("--include") { Description = "More packages, with commas", HelpName = "A,B", DefaultValueFactory = _ => "" };
    private static readonly Option<string?> Kernel = new("--kernel") { Description = "Kernel package, or none (default: the distribution's usual one)", HelpName = "PACKAGE" };
    private static readonly Option<string> Variant = new("--variant") { Description = "mmdebstrap's variant", HelpName = "NAME", DefaultValueFactory = _ => "minbase" };

    internal static Symbol[] All => [Suite, Into, Mirror, Packages, Include, Kernel, Variant, Label, ReuseFs];

    internal static BootstrapRequest Request(Invocation call, string root)
    {
        var suite = call.Get(Suite)!;
        var apt = new MachineApt(call.Runner);
        var mirrors = call.Get(Mirror)!;
        var packages = BootstrapPackages.For(
            suite, apt.Architecture(), call.Get(Packages) is { } file ? BootstrapPackages.Parse(Text(file)) : null, call.Get(Kernel), BootstrapPackages.Parse(call.Get(Include)!));
        return new(
            suite, call.Get(Variant)!, packages, mirrors.Length > 0 ? AptLines.OfMirrors(mirrors, suite) : apt.Lines(suite),
            $"{root} / ext4 errors=remount-ro 0 1");
    }

    private static string Text(string file) =>
        File.Exists(file) ? File.ReadAllText(file) : throw UserError.Refused($"cannot read the package list {file}: it does not exist");
}
