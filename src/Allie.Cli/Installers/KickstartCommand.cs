using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Installers;
using Allie.Linux.Files;
using Allie.Plans;

namespace Allie.Cli.Installers;

/// <summary>Step 1: the unattended-install file that uses one slot.</summary>
internal static class KickstartCommand
{
    private static readonly Option<string> Release = InstallerOptions.Release();

    private static readonly Option<string> Target = new("--target")
    {
        Description = "The slot: PARTLABEL=allie-b, PARTUUID=... or LABEL=...; allie.target= on the kernel line goes before it", HelpName = "TAG=VALUE", Required = true,
    };

    private static readonly Option<string[]> Keywords = InstallerOptions.Keywords();
    private static readonly Option<string> Url = new("--url") { Description = "Installation tree (default: the medium that was booted)", HelpName = "URL", DefaultValueFactory = _ => "" };
    private static readonly Option<string?> Out = new("--output", "-o") { Description = "Write to this file instead of stdout", HelpName = "FILE" };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("kickstart", "Write a kickstart file that uses one slot and leaves the rest of the PC alone", Run, Release, Target, Keywords, Url, Out);

    private static int Run(Invocation call)
    {
        var url = call.Get(Url)!;
        if (url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw UserError.Refused($"'{url}' is no URL", "an installation tree: http://HOST/fedora/releases/42/Everything/x86_64/os/");
        }

        var keywords = call.Get(Keywords)!.Select(InstallKeyword.Check).ToList();
        var text = new Kickstart(InstallerRelease.Parse(call.Get(Release)!), InstallTarget.Parse(call.Get(Target)!), keywords, url).Format();
        if (call.Get(Out) is { } file)
        {
            return Write(call, file, text);
        }

        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["text"] = text });
        }
        else
        {
            Console.Out.Write(text);
        }

        return ExitCode.Ok;
    }

    private static int Write(Invocation call, string file, string text)
    {
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
        {
            throw UserError.Refused($"cannot write {file}: its directory does not exist");
        }

        var same = File.Exists(file) && File.ReadAllText(file) == text;
        var plan = new Plan<PlainStep>(same ? [] : [new("write", file, File.Exists(file) ? "the file is another one" : "there is none")]);
        return call.Carry(plan, () => AtomicFile.Write(file, text), $"{file}: written; check it with ksvalidator where you have it, and see: allie installer bootline --help");
    }
}
