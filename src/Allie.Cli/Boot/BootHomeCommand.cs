using System.Text.Json.Nodes;
using Allie.Boot;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Boot;

namespace Allie.Cli.Boot;

/// <summary>`slot boot-home`: shows where the boot loader's files are, and why that is thought.</summary>
internal static class BootHomeCommand
{
    internal static int Run(Invocation call)
    {
        if (call.Get(MoveBootHomeCommand.To) is not null || call.Get(MoveBootHomeCommand.Undo))
        {
            return MoveBootHomeCommand.Run(call);
        }

        var look = new BootLook(call.Pc);
        using var home = BootCommands.Open(call, "boot-home", BootCommands.WantedMethod(call));
        var verdicts = BootChoice.Verdicts(look.Facts());
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["method"] = home.Verdict.Method.Name(), ["reason"] = home.Verdict.Reason, ["part_uuid"] = home.Name?.PartUuid, ["path"] = home.Name?.Path,
                ["can_try"] = home.Method.TryRefusal is null, ["refusal"] = home.Method.TryRefusal,
                ["methods"] = new JsonArray([.. verdicts.Select(v => new JsonObject { ["method"] = v.Method.Name(), ["found"] = v.Found, ["reason"] = v.Reason, ["refusal"] = v.Refusal })]),
            });
            return ExitCode.Ok;
        }

        Console.Out.WriteLine($"{home.Verdict.Method.Name()}: {(object?)home.Name ?? home.Method.Files.Path} ({home.Verdict.Reason})");
        foreach (var verdict in verdicts)
        {
            Console.Out.WriteLine("  " + verdict);
        }

        return ExitCode.Ok;
    }
}
