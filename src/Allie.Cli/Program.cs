using System.CommandLine;
using System.Runtime;
using System.Runtime.InteropServices;
using Allie.Cli.Help;
using Allie.Cli.Output;
using Allie.Errors;
using Allie.Linux.Native;

namespace Allie.Cli;

/// <summary>Composes and runs. The only place that catches everything, and where failures become exit codes.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // A run is short and waits for rsync: nothing is gained by a collector's own thread, whose signals never let the main thread go on under a tracer.
        // ConcurrentGarbageCollection=false would be the same, but lets the heap grow to twice the size before the first collection.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        using var interrupted = new CancellationTokenSource();
        using var onInterrupt = Cancel(PosixSignal.SIGINT, interrupted);
        using var onTerminate = Cancel(PosixSignal.SIGTERM, interrupted);
        using var onHangUp = Cancel(PosixSignal.SIGHUP, interrupted);
        var words = FoundingNames.Expand(Environment.GetCommandLineArgs()[0], args is ["help", .. var rest] ? [.. rest, "--help"] : args);
        var parsed = CommandTable.Build(interrupted.Token).Parse(words);
        if (parsed.Errors.Count > 0)
        {
            return Failure.Print(UsageError.For(parsed), words);
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UserError e)
        {
            return Failure.Print(e, words);
        }
        catch (OperationCanceledException)
        {
            return Failure.Print(new UserError("interrupted", "what was begun is safe; run the command again to go on", 130), words);
        }
        catch (Exception e) when (e is LinuxException or IOException or UnauthorizedAccessException)
        {
            var hint = Environment.IsPrivilegedProcess ? null : "you are not root; most verbs need it";
            return Failure.Print(new UserError(char.ToLowerInvariant(e.Message[0]) + e.Message[1..].TrimEnd('.'), hint), words);
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"allie: this is a bug in allie {CommandTable.Version}; please report it with the command and these lines\n{e}");
            return ExitCode.Bug;
        }
    }

    /// <summary>Programs are killed and everything mounted is released on the way out, instead of dying on the spot.</summary>
    private static PosixSignalRegistration Cancel(PosixSignal signal, CancellationTokenSource interrupted) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            interrupted.Cancel();
        });
}
