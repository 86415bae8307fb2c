using Allie.Errors;

namespace Allie.Linux.Processes;

/// <summary>Runs programs; tests put a fake here to inject a fault.</summary>
public interface IRunner
{
    /// <summary>Runs to the end, whatever the exit code.</summary>
    /// <exception cref="UserError">The program is missing, ran over its limit, or stalled by its watchdog.</exception>
    /// <exception cref="OperationCanceledException">We were interrupted; the program was killed.</exception>
    Outcome Run(Command command);

    /// <summary>Runs and demands exit code 0.</summary>
    /// <exception cref="UserError">With the program's last words.</exception>
    Outcome RunChecked(Command command, string? hint = null)
    {
        var outcome = Run(command);
        return outcome.Ok
            ? outcome
            : throw new UserError($"{command.Program} failed with exit code {outcome.ExitCode}: {outcome.LastWord}", hint ?? $"the command was: {command}");
    }
}
