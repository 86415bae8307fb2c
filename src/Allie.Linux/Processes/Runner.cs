using System.ComponentModel;
using System.Text;
using Allie.Errors;
using CliWrap;

namespace Allie.Linux.Processes;

/// <summary>Runs real programs. Cancelling kills the program and all it started, also what is left of it when it is dead itself.</summary>
public sealed class Runner(CancellationToken interrupted) : IRunner
{
    private const int KeptErrorLines = 20;

    public Outcome Run(Command command) => RunAsync(command).GetAwaiter().GetResult();

    private async Task<Outcome> RunAsync(Command command)
    {
        var output = new StringBuilder();
        var errors = new Queue<string>();
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(interrupted, command.Stop);
        kill.CancelAfter(command.Limit);
        using var ended = new CancellationTokenSource();
        var mark = new RunMark();
        Task? stalled = null;
        try
        {
            var running = Wrap(command, mark, output, errors).ExecuteAsync(kill.Token);
            if (command.Watchdog is { } watchdog)
            {
                stalled = watchdog.WaitForStall(running.ProcessId, mark.Kill, ended.Token);
                _ = KillAfterAsync(stalled, kill);
            }

            var result = await running;
            return new(command.Program, result.ExitCode, output.ToString(), [.. errors]);
        }
        catch (Win32Exception e)
        {
            throw new UserError($"cannot run {command.Program}: {e.Message}", $"install the package that has {command.Program}", cause: e);
        }
        catch (OperationCanceledException) when (!interrupted.IsCancellationRequested)
        {
            throw command.Watchdog is not null && stalled is { IsCompletedSuccessfully: true }
                ? UserError.Unreachable(
                    $"{command.Program} moved no data for {command.Watchdog.Patience.TotalSeconds:0} s and was ended",
                    "look at the network and at the other side, then run the command again: it goes on where it stopped")
                : new UserError($"{command.Program} did not end within {command.Limit.TotalSeconds:0} s and was killed", $"the command was: {command}");
        }
        finally
        {
            await ended.CancelAsync();
            if (kill.IsCancellationRequested)
            {
                mark.Kill();
            }
        }
    }

    /// <summary>The kill comes after the stall is known: whoever sees the program end asks which of the two limits it was.</summary>
    private static async Task KillAfterAsync(Task stalled, CancellationTokenSource kill)
    {
        await stalled;
        await kill.CancelAsync();
    }

    private static CliWrap.Command Wrap(Command command, RunMark mark, StringBuilder output, Queue<string> errors)
    {
        var environment = new Dictionary<string, string?>([.. command.Environment, mark.Environment]) { ["LC_ALL"] = "C" };
        var target = command switch
        {
            { OutputTo: { } stream } => PipeTarget.ToStream(stream),
            { OnLine: { } line } => PipeTarget.ToDelegate(line),
            _ => PipeTarget.ToStringBuilder(output),
        };
        return CliWrap.Cli.Wrap(command.Program)
            .WithArguments(command.Arguments)
            .WithEnvironmentVariables(environment)
            .WithWorkingDirectory(command.WorkingDirectory ?? "/")
            .WithStandardInputPipe(command.InputFrom is { } from ? PipeSource.FromStream(from) : command.Input is { } input ? PipeSource.FromString(input) : PipeSource.Null)
            .WithStandardOutputPipe(target)
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line =>
            {
                command.OnErrorLine?.Invoke(line);
                errors.Enqueue(line);
                if (errors.Count > KeptErrorLines)
                {
                    errors.Dequeue();
                }
            }))
            .WithValidation(CommandResultValidation.None);
    }
}
