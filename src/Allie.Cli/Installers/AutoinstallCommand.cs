using System.CommandLine;
using Allie.Cli.Shared;
using Allie.Installers;

namespace Allie.Cli.Installers;

/// <summary>Step 1 for a bare PC that is to get Ubuntu.</summary>
internal static class AutoinstallCommand
{
    private static readonly Option<string> Disk = new("--disk") { Description = "The golden PC's disk, as told by: sfdisk --json /dev/sda > FILE", HelpName = "FILE", Required = true };
    private static readonly Option<string> Target = InstallerOptions.Target();
    private static readonly Option<bool> Mbr = new("--accept-mbr") { Description = "BIOS: accept that Ubuntu's installer overwrites the boot loader of the disk" };
    private static readonly Option<bool> Efi = new("--accept-efi") { Description = "UEFI: accept that it rewrites EFI/ubuntu on the EFI system partition" };

    internal static Command Make(Verbs verbs) => verbs.Change(
        "autoinstall", "Write an autoinstall file (Ubuntu's installer) that formats one slot; bootstrap is the safer way", Run,
        Disk, Target, Mbr, Efi, InstallerFileOutput.Packages, InstallerFileOutput.Hash, InstallerFileOutput.Key, InstallerFileOutput.Out);

    private static int Run(Invocation call)
    {
        var file = call.Get(Disk)!;
        return InstallerFileOutput.Emit(call, Autoinstall.Make(
            DiskLayout.Parse(InstallerFileOutput.Text(file), file), InstallTarget.Parse(call.Get(Target)!), call.Get(Mbr), call.Get(Efi),
            InstallerFileOutput.Access(call), InstallerFileOutput.PackageList(call, PackageFile.Debian) ?? ["rsync", "cron"]).Format());
    }
}
