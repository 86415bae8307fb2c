using System.CommandLine;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Bootstrap;
using Allie.Linux.Installers.Bootstrap;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Processes;

namespace Allie.Cli.Installers.Bootstrap;

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

    private static readonly Option<string?> Suite = new("--suite") { Description = "trixie, bookworm, noble, ...; F42, EL9, ... where dnf is. With --from-oci: what the image must be, by its os-release", HelpName = "SUITE" };
    private static readonly Option<string?> FromOci = new("--from-oci") { Description = "Begin with an OCI image instead: a layout directory or archive", HelpName = "PATH" };
    private static readonly Option<string?> RpmKey = new("--gpg-key") { Description = "The key that the rpm packages of --mirror are signed with", HelpName = "FILE|URL" };

    private static readonly Option<string[]> Mirror = new("--mirror")
    {
        Description = "A mirror's URL or a whole \"deb ...\" line; may be repeated (default: the mirror of this machine's apt)", HelpName = "URL|LINE", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Packages = new("--packages") { Description = "The packages to install instead of ours, one a line", HelpName = "FILE" };
    private static readonly Option<string> Include = new("--include") { Description = "More packages, with commas", HelpName = "A,B", DefaultValueFactory = _ => "" };
    private static readonly Option<string?> Kernel = new("--kernel") { Description = "Kernel package, or none (default: the distribution's usual one)", HelpName = "PACKAGE" };
    private static readonly Option<string> Variant = new("--variant") { Description = "minbase, or another of mmdebstrap's variants", HelpName = "NAME", DefaultValueFactory = _ => "minbase" };

    internal static Symbol[] All => [Suite, FromOci, Into, Mirror, Packages, Include, Kernel, Variant, RpmKey, Label, ReuseFs];

    internal static BootstrapRequest Request(Invocation call, string root)
    {
        var fstab = $"{root} / ext4 errors=remount-ro 0 1";
        var withoutKernel = call.Get(Kernel) == "none";
        if ((SuiteOf(call), call.Get(FromOci)) is not ({ } suite, null))
        {
            return OfOci(call, fstab) with { WithoutKernel = withoutKernel };
        }

        var (kernel, included, mirrors) = (call.Get(Kernel), call.Get(Include)!, call.Get(Mirror)!);
        if (InstallerRelease.Is(suite))
        {
            Tool("dnf", "dnf", $"{suite} is made with");
            return new(suite, "", BootstrapPackages.ForRpm(Listed(call, rpm: true), kernel, included), mirrors, fstab)
            {
                Maker = BootstrapMaker.Dnf, WithoutKernel = withoutKernel, RpmKey = call.Get(RpmKey),
                Repositories = mirrors.Length > 0 ? [] : new MachineRpm(call.Runner).Repositories(suite),
            };
        }

        var maker = Programs.Has("mmdebstrap") ? BootstrapMaker.Mmdebstrap : BootstrapMaker.Debootstrap;
        Tool(maker == BootstrapMaker.Mmdebstrap ? "mmdebstrap" : "debootstrap", "mmdebstrap (or debootstrap)", $"{suite} is made with");
        var apt = new MachineApt(call.Runner);
        var packages = BootstrapPackages.For(suite, apt.Architecture(), Listed(call, rpm: false), kernel, included);
        return new(suite, call.Get(Variant)!, packages, mirrors.Length > 0 ? AptLines.OfMirrors(mirrors, suite) : apt.Lines(suite), fstab)
        {
            Maker = maker, WithoutKernel = withoutKernel,
        };
    }

    /// <summary>The packages that are added come from the image's own sources unless a mirror is given.</summary>
    private static BootstrapRequest OfOci(Invocation call, string fstab)
    {
        var from = call.Get(FromOci) ?? throw UserError.Refused("nothing says what to make", "--suite trixie, --suite F42, or --from-oci PATH");
        OciBase.Kind(new(call.Runner, from), from);
        var mirrors = call.Get(Mirror)!;
        var suite = SuiteOf(call);
        if (mirrors.Any(m => !m.StartsWith("deb ", StringComparison.Ordinal)) && suite is null)
        {
            throw UserError.Refused("a mirror's URL alone does not say which suite the OCI image is of", "give --suite too, or a whole line: --mirror \"deb URL SUITE main\"");
        }

        var packages = BootstrapPackages.Debian(Listed(call, rpm: false) ?? [], call.Get(Kernel) ?? "none", call.Get(Include)!);
        return new(suite ?? Path.GetFileName(from.TrimEnd('/')), "", packages, AptLines.OfMirrors(mirrors, suite ?? ""), fstab) { Maker = BootstrapMaker.Oci, From = Path.GetFullPath(from), Claimed = suite };
    }

    /// <summary>By the name that dnf's and apt's mirrors have for it.</summary>
    private static string? SuiteOf(Invocation call) => call.Get(Suite) is { } typed ? InstallerRelease.Is(typed) ? InstallerRelease.Parse(typed).ToString() : SuiteName.Of(typed) : null;

    private static IReadOnlyList<string>? Listed(Invocation call, bool rpm) => call.Get(Packages) is { } file ? BootstrapPackages.Listed(InstallerFileOutput.Text(file), file, rpm) : null;

    private static void Tool(string program, string package, string what)
    {
        if (!Programs.Has(program))
        {
            throw UserError.Refused($"{what} {package}, which is not on this machine", $"install {package}");
        }
    }
}
