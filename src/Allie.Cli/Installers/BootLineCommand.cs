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
    private static readonly Option<string> Release = InstallerOptions.Release();
    private static readonly Option<string> Url = new("--url") { Description = "Where the kickstart file is served", HelpName = "URL", Required = true };
    private static readonly Option<string?> Target = new("--target") { Description = "Another slot than the file's: PARTLABEL=allie-c", HelpName = "TAG=VALUE" };
    private static readonly Option<string[]> Keywords = InstallerOptions.Keywords();

    internal static Command Make(Verbs verbs) =>
        verbs.Read("bootline", "Print what to add to the installer's kernel line", Run, Release, Url, Target, Keywords);

    private static int Run(Invocation call)
    {
        var release = InstallerRelease.Parse(call.Get(Release)!);
        var url = call.Get(Url)!;
        if (!url.Contains(':') || url.Any(char.IsWhiteSpace))
        {
            throw UserError.Refused($"'{url}' is no URL", "http://SERVER/f42.ks, or hd:LABEL=STICK:/f42.ks");
        }

        var target = call.Get(Target) is { } given ? InstallTarget.Parse(given) : null;
        var line = BootLine.For(release, url, target, call.Get(Keywords)!.Select(InstallKeyword.Check));
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["line"] = line, ["how"] = BootLine.HowTo(release) });
            return ExitCode.Ok;
        }

        Screen.Say(BootLine.HowTo(release) + ":");
        Console.Out.WriteLine(line);
        return ExitCode.Ok;
    }
}
