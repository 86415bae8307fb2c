using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Boot;
using Allie.Plans;

namespace Allie.Cli.Boot;

internal static class CommitCommand
{
    internal static int Run(Invocation call)
    {
        using var home = BootCommands.Open(call, "commit");
        var trials = new Trials(home, new(call.Pc));
        var slot = trials.RunningSlot
            ?? throw UserError.Refused("the running image was not started from a slot's entry, so there is nothing to commit", "allie doctor shows what this PC starts");
        var done = home.Method.State().Default == slot && home.Read().Trying is null;
        var plan = new Plan<PlainStep>(done ? [] : [new("commit", $"slot {slot}", $"what this PC starts from now on; {home.Verdict}")]);
        return call.Carry(plan, () => trials.Commit(slot), $"slot {slot} is what this PC starts from now on");
    }
}
