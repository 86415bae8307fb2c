using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Overlays.Layers;

namespace Allie.Cli.Overlays;

/// <summary>
/// allie --self-test: does this binary work on this machine? An overlay's new binary must pass it before it replaces the old one. Hidden, quick, reads nothing of
/// the PC but its root directory, writes nothing.
/// </summary>
internal static class SelfTestCommand
{
    internal const string Name = "self-test";

    internal static System.CommandLine.Command Make(Verbs verbs)
    {
        var command = verbs.Read(Name, "Quick check that this program works here", Run);
        command.Hidden = true;
        return command;
    }

    private static int Run(Invocation call)
    {
        foreach (var (what, works) in Checks(call))
        {
            if (!works())
            {
                throw new UserError($"self-test failed: {what}", "this build of allie does not work here");
            }
        }

        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["result"] = "ok", ["version"] = CommandTable.Version });
        }
        else
        {
            Console.Out.WriteLine($"allie {CommandTable.Version}: ok");
        }

        return ExitCode.Ok;
    }

    private static IEnumerable<(string What, Func<bool> Works)> Checks(Invocation call)
    {
        yield return ("settings", () => PcSettings.Parse("[server]\naddress = \"a\"\n", "test").ServerAddress == "a");
        yield return ("hosts file", () => HostsFile.Parse("pc[1-2] groups=g addr=10.0.0.1", "test").Find("pc2")?.Groups is ["g"]);
        yield return ("merge of layers", () =>
            LayerMerge.Merge([new("a", [new(ImagePath.Of("x"), ImagePath.Of("x"), FileKind.Regular)])]).Wanted.ContainsKey(ImagePath.Of("x")));
        yield return ("reading directories", () =>
        {
            using var root = ImageRoot.Open("/");
            return root.Stat(ImagePath.Root).IsDirectory && root.List(ImagePath.Root).Count > 0;
        });
        yield return ("starting programs", () => call.Runner.Run(new(OwnProgram.Path, "version")).Ok);
    }
}
