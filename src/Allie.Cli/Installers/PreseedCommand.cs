using System.CommandLine;
using Allie.Cli.Shared;
using Allie.Installers;

namespace Allie.Cli.Installers;

/// <summary>Step 1 for a bare PC that is to get Debian.</summary>
internal static class PreseedCommand
{
    private static readonly Option<string> Suite = new("--release") { Description = "bookworm, trixie, ... (or 12, 13, ...)", HelpName = "SUITE", Required = true };
    private static readonly Option<string> Target = InstallerOptions.Target();
    private static readonly Option<string[]> Keywords = InstallerOptions.Keywords();
    private static readonly Option<string> Url = new("--url") { Description = "Your Debian mirror, http://HOST/debian", HelpName = "URL", Required = true };

    internal static Command Make(Verbs verbs) => verbs.Change(
        "preseed", "Write a preseed file (Debian's installer) that uses one slot; on a running PC take bootstrap", Run,
        Suite, Target, Keywords, Url, InstallerFileOutput.Packages, InstallerFileOutput.Hash, InstallerFileOutput.Key, InstallerFileOutput.Out);

    private static int Run(Invocation call) => InstallerFileOutput.Emit(call, Preseed.Make(
        call.Get(Suite)!, InstallTarget.Parse(call.Get(Target)!), [.. call.Get(Keywords)!.Select(InstallKeyword.Check)], call.Get(Url)!,
        InstallerFileOutput.Access(call), InstallerFileOutput.PackageList(call, PackageFile.Debian) ?? Preseed.UsualPackages).Format());
}
