using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Installers;

namespace Allie.Cli.Installers;

/// <summary>Step 2: what to add to the installer's kernel line.</summary>
internal static class BootLineCommand
{
    private static readonly Option<string> Release = new("--release") { Description = "F18 to F43, EL7 to EL10; bookworm, trixie, ...; jammy, noble, ...", HelpName = "RELEASE", Required = true };
    private static readonly Option<string> Url = new("--url") { Description = "Where the file is served; for Ubuntu the directory of user-data and meta-data", HelpName = "URL", Required = true };
    private static readonly Option<string?> Target = new("--target") { Description = "Another slot than the file's: PARTLABEL=allie-c", HelpName = "TAG=VALUE" };
    private static readonly Option<string[]> Keywords = InstallerOptions.Keywords();

    internal static Command Make(Verbs verbs) =>
        verbs.Read("bootline", "Print what to add to the installer's kernel line", Run, Release, Url, Target, Keywords);

    private static int Run(Invocation call)
    {
        var target = call.Get(Target) is { } given ? InstallTarget.Parse(given) : null;
        var release = call.Get(Release)!;
        var note = InstallerRelease.Is(release) ? InstallerRelease.Parse(release).Note : null;
        var line = BootLine.For(release, call.Get(Url)!, target, [.. call.Get(Keywords)!.Select(InstallKeyword.Check)]);
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["line"] = line.Plain, ["grub"] = line.Grub, ["how"] = JsonOutput.Array(line.HowTo), ["notes"] = JsonOutput.Array(note is null ? [] : [note]) });
            return ExitCode.Ok;
        }

        if (note is not null)
        {
            Screen.Say("allie: " + note);
        }

        foreach (var how in line.HowTo)
        {
            Screen.Say(how + ":");
        }

        Console.Out.WriteLine(line.Grub);
        return ExitCode.Ok;
    }
}
