using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Installers.Lint;
using Allie.Linux.Installers;

namespace Allie.Cli.Installers;

internal static class LintCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A kickstart, preseed or autoinstall file" };

    internal static Command Make(Verbs verbs) =>
        verbs.Read("lint", "Say what in an unattended-install file would harm the PC or stop the installer (exit 3)", Run, File);

    private static int Run(Invocation call)
    {
        var file = call.Get(File);
        var text = InstallerFileOutput.Text(file);
        var kind = InstallerFileKinds.Of(text)
            ?? throw UserError.Refused($"{file} is no kickstart, preseed or autoinstall file", "none of the lines that only such a file has was found");
        var (others, missing) = new LintTools(call.Runner).Check(kind, Path.GetFullPath(file));
        var found = InstallerLint.Check(kind, text).Concat(others).ToList();
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["kind"] = kind.ToString().ToLowerInvariant(), ["notChecked"] = missing,
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

            Screen.Say(missing is null ? $"{file}: {kind}, {found.Count} findings" : $"{file}: {kind}, {found.Count} findings by our own rules ({missing} is not on this machine)");
        }

        return found.Any(f => f.IsError) ? ExitCode.Differences : ExitCode.Ok;
    }
}
