using System.CommandLine;
using Allie.Boot;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Boot;
using Allie.Linux.Boot.Health;
using Allie.Linux.Mounts;
using Allie.Linux.Processes;
using Allie.Linux.Slots;
using Command = System.CommandLine.Command;

namespace Allie.Cli.Boot;

/// <summary>Starting a slot once, keeping it or going back.</summary>
internal static class BootCommands
{
    internal static readonly Option<string?> Switch = new("--switch")
    {
        Description = $"When to start the PC anew: {Allie.Boot.Switching.SwitchWhen.Forms}; default next-boot", HelpName = "WHEN",
    };

    internal static readonly Option<string?> Method = new("--method")
    {
        Description = $"The boot method, instead of what is found: {BootMethods.All}", HelpName = "M",
    };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("commit", "Make the running image what this PC starts from now on", CommitCommand.Run),
        verbs.Change("rollback", "Make what this PC started before the last commit the default again", RollbackCommand.Run, Switch),
        verbs.Change(
            "confirm", "In an image that is being tried: check it, then commit it, or note why not and start the PC anew (run at start)", ConfirmCommand.Run,
            ConfirmCommand.StayUp, ConfirmCommand.Deadline),
        verbs.Read("doctor", "Tell how this PC starts, and what is amiss; exit 3 when something is", DoctorCommand.Run),
    ];

    internal static Command[] OfSlot(Verbs verbs) =>
    [
        verbs.Change("boot-next", "Start a slot once at the next start; it stays only if it confirms itself", BootNextCommand.Run, BootNextCommand.Slot, BootNextCommand.Tries, BootNextCommand.IfArmed, Switch, Method),
        verbs.Change(
            "boot-home", "Show where the boot loader's files are, and why each boot method is used or not; or move them", BootHomeCommand.Run,
            MoveBootHomeCommand.To, MoveBootHomeCommand.Undo, Method),
    ];

    /// <summary>Not for people: thaws a frozen boot home when the run that froze it is killed.</summary>
    internal static Command Guard()
    {
        var directory = new Argument<string>("directory");
        var guard = new Command(FrozenFlush.GuardVerb, "For allie itself") { directory };
        guard.Hidden = true;
        guard.SetAction(parsed => FrozenFlush.Guard(parsed.GetRequiredValue(directory)));
        return guard;
    }

    internal static BootHome Open(Invocation call, string verb, BootMethod? wanted = null)
    {
        Invocation.RequireRoot(verb);
        MountNamespace.Enter();
        return BootHome.Open(call.Pc, call.Runner, wanted, (home, slot) =>
        {
            var opened = SlotOpening.Open(call.Pc, new SlotFinder(call.Pc).Get(slot), home);
            return (opened, opened.Root, opened.Entry);
        });
    }

    internal static BootMethod? WantedMethod(Invocation call) =>
        call.Get(Method) is not { } name ? null
        : BootMethods.Parse(name) ?? throw UserError.Refused($"'{name}' is no boot method", "one of: " + BootMethods.All);

    internal static HealthLook Health(Invocation call) => new(call.Pc, call.Runner, call.Connection, new(OwnProgram.Path, ["apply", "-n", "--json", .. Config(call)]) { Limit = TimeSpan.FromMinutes(5) });

    internal static string[] Config(Invocation call) => call.NamedConfig is { } file ? ["--config", Path.GetFullPath(file)] : [];
}
