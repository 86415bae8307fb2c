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
    private static readonly Option<string> Url = new("--url") { Description = "Installation tree (default: the medium that was booted)", HelpName = "URL", DefaultValueFactory = _ => "" };
    private static readonly Option<string?> Template = new("--template")
    {
        Description = "A file of the site's own, with the lines '#allie storage', '#allie pre' and '#allie post' where ours go", HelpName = "FILE",
    };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("kickstart", "Write a kickstart file that uses one slot and leaves the rest of the PC alone", Run, Release, Target, Keywords, Url,
            InstallerFileOutput.Packages, Template, InstallerFileOutput.Hash, InstallerFileOutput.Key, InstallerFileOutput.Out);

    private static int Run(Invocation call)
    {
        var url = call.Get(Url)!;
        if (url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw UserError.Refused($"'{url}' is no URL", "an installation tree: http://HOST/fedora/releases/42/Everything/x86_64/os/");
        }

        var keywords = call.Get(Keywords)!.Select(InstallKeyword.Check).ToList();
        var file = new Kickstart(InstallerRelease.Parse(call.Get(Release)!), InstallTarget.Parse(call.Get(Target)!), keywords, url)
        {
            Access = InstallerFileOutput.Access(call), Packages = InstallerFileOutput.PackageList(call),
        };
        var text = call.Get(Template) is { } template ? file.Fill(InstallerFileOutput.Text(template)) : file.Format();
        return InstallerFileOutput.Emit(call, text);
    }
}
