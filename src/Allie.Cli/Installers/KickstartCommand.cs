using System.CommandLine;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Installers;

namespace Allie.Cli.Installers;

/// <summary>Step 1: the unattended-install file that uses one slot.</summary>
internal static class KickstartCommand
{
    private static readonly Option<string> Release = InstallerOptions.Release();

    private static readonly Option<string> Target = InstallerOptions.Target();

    private static readonly Option<string[]> Keywords = InstallerOptions.Keywords();
    private static readonly Option<string?> Url = new("--url") { Description = "Installation tree: http, https, ftp, or nfs:HOST:/DIR (default: the medium that was booted)", HelpName = "URL" };
    private static readonly Option<string?> Template = new("--template")
    {
        Description = "A file of the site's own, with the lines '#allie storage', '#allie pre' and '#allie post' where ours go", HelpName = "FILE",
    };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("kickstart", "Write a kickstart file that uses one slot and leaves the rest of the PC alone", Run, Release, Target, Keywords, Url,
            InstallerFileOutput.Packages, Template, InstallerFileOutput.Hash, InstallerFileOutput.Key, InstallerFileOutput.Out);

    private static int Run(Invocation call)
    {
        var keywords = call.Get(Keywords)!.Select(InstallKeyword.Check).ToList();
        var release = InstallerRelease.Parse(call.Get(Release)!);
        var file = Kickstart.Make(release, InstallTarget.Parse(call.Get(Target)!), keywords, call.Get(Url)) with
        {
            Access = InstallerFileOutput.Access(call), Packages = InstallerFileOutput.PackageList(call, PackageFile.Kickstart),
        };
        if (call.Get(Template) is not { } template)
        {
            return InstallerFileOutput.Emit(call, file.Format(), release.Note);
        }

        return file.Packages is not null || file.Access.PasswordHash is not null || call.Get(Url) is not null
            ? throw UserError.Refused("with --template the packages, the password and the installation tree are the template's own", "write them into it, and leave out --packages, --root-password-hash and --url")
            : InstallerFileOutput.Emit(call, file.Fill(InstallerFileOutput.Text(template)), release.Note);
    }
}
