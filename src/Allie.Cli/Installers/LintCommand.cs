using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Lint;
using Allie.Linux.Installers;
using Allie.Plans;

namespace Allie.Cli.Installers;

internal static class LintCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A kickstart, preseed or autoinstall file" };

    private static readonly Option<string?> Release = new("--release")
    {
        Description = "Of a kickstart file: F20, EL9 (default: that of the first line of a generated file, else the newest)", HelpName = "RELEASE",
    };

    private static readonly Option<string?> Schema = new("--schema")
    {
        Description = $"Ubuntu's JSON schema of autoinstall files (default: {LintTools.UsualSchema}, where there is one)", HelpName = "FILE",
    };

    internal static Command Make(Verbs verbs) =>
        verbs.Read("lint", "Say what in an unattended-install file would harm the PC or stop the installer (exit 3)", Run, File, Release, Schema);

    private static int Run(Invocation call)
    {
        var file = call.Get(File);
        var text = InstallerFileOutput.Text(file);
        var kind = InstallerFileOutput.Kind(text, file);
        var release = call.Get(Release) is { } given ? InstallerRelease.Parse(given) : InstallerRelease.OfHeader(text);
        var found = InstallerLint.Check(kind, text, release).ToList();
        string? missing = null;
        // A checker that cannot read the file would only say so once more, and without its line.
        if (!found.Any(f => f.Rule == AutoinstallLint.NoYaml))
        {
            (var others, missing) = new LintTools(call.Runner).Check(kind, Path.GetFullPath(file), release, call.Get(Schema));
            found.AddRange(others);
        }

        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["kind"] = kind.ToString().ToLowerInvariant(), ["release"] = kind == InstallerFileKind.Kickstart ? release?.ToString() : null, ["notChecked"] = missing,
                ["findings"] = new JsonArray([.. found.Select(f => new JsonObject
                {
                    ["line"] = f.Line, ["rule"] = f.Rule, ["error"] = f.IsError, ["message"] = f.Message, ["hint"] = f.Hint,
                })]),
            });
        }
        else
        {
            foreach (var one in found)
            {
                Console.Out.WriteLine($"{file}:{(one.Line > 0 ? one.Line + ":" : "")} {(one.IsError ? "error" : "note")} [{one.Rule}] {one.Message}");
                Console.Out.WriteLine($"  {one.Hint}");
            }

            Screen.Say(missing is null ? $"{file}: {kind}, {Counted.Of(found.Count, "finding")}" : $"{file}: {kind}, {Counted.Of(found.Count, "finding")} by our own rules (not on this machine: {missing})");
        }

        return found.Any(f => f.IsError) ? ExitCode.Differences : ExitCode.Ok;
    }
}
