using Allie.Errors;
using Allie.Linux.Processes;
using Allie.Rsync;

namespace Allie.Linux.Rsync;

/// <summary>Runs rsync calls: watchdog, retries with a pause, exit codes read by the table.</summary>
/// <param name="runner">Starts it.</param>
/// <param name="patience">How long a transfer may stand still.</param>
/// <param name="tries">How often at most.</param>
/// <param name="pause">Waits between tries; null is by the clock.</param>
public sealed class RsyncRunner(IRunner runner, TimeSpan patience, int tries = 3, Action<TimeSpan>? pause = null)
{
    private readonly RsyncRetry _retry = new(tries);

    /// <summary>How long a transfer may stand still: --timeout does not protect a pulling client, so this is our own watchdog's.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(60);

    public RsyncRunner(IRunner runner)
        : this(runner, DefaultPatience)
    {
    }

    /// <summary>How a call reaches the server's daemon: its connection, its secret. Null is straight to the port.</summary>
    public Func<RsyncCall, RsyncCall>? Through { get; init; }

    /// <summary>Runs until rsync says done.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="what">For messages: "fetch image f18 from server".</param>
    /// <param name="onProgress">Each progress line.</param>
    /// <returns>The itemized changes, when the call asked for them.</returns>
    /// <exception cref="UserError">Exit 5 when the server was not reached, else 1. The target is then not complete.</exception>
    public IReadOnlyList<RsyncChange> Run(RsyncCall call, string what, Action<RsyncProgress>? onProgress = null) => Run(call, what, onProgress, refused: null);

    /// <summary>As <see cref="Run(RsyncCall, string, Action{RsyncProgress})"/>, but what the sender could not read is no failure: all else has come, and it is named.</summary>
    public (IReadOnlyList<RsyncChange> Changes, IReadOnlyList<SourceRefusal> Refused) RunAsFarAsReadable(RsyncCall call, string what)
    {
        var refused = new List<SourceRefusal>();
        return (Run(call, what, onProgress: null, refused), refused);
    }

    private List<RsyncChange> Run(RsyncCall call, string what, Action<RsyncProgress>? onProgress, List<SourceRefusal>? refused)
    {
        call = call.IsDaemon && Through is not null ? Through(call) : call;
        var broken = 0;
        for (var attempt = 1; ; attempt++)
        {
            var changes = new List<RsyncChange>();
            var errors = refused is null ? null : new List<string>();
            var (outcome, stall) = RunOnce(call, changes, onProgress, errors);
            broken += Said(outcome, RsyncRetry.IsFull) ? 0 : 1;
            switch (outcome is null ? RsyncVerdict.Retry : RsyncExit.Verdict(outcome.ExitCode))
            {
                case RsyncVerdict.Done:
                case RsyncVerdict.Incomplete when call.SourceIsAlive:
                    return changes;
                case RsyncVerdict.Retry when !Said(outcome, RsyncExit.IsRefusal) && _retry.After(attempt, broken, Random.Shared.NextDouble()) is { } wait:
                    (pause ?? Sleep)(wait);
                    continue;
                case RsyncVerdict.Incomplete when outcome!.ExitCode == 24 && call.SourceIsAlive:
                    return changes;
                case RsyncVerdict.Incomplete when errors is not null && SourceRefusal.AllOf(errors) is { } all:
                    refused!.AddRange(all);
                    return changes;
                case RsyncVerdict.Incomplete when attempt < tries && outcome!.ExitCode == 24:
                    continue;
            }

            throw stall ?? Failure(call, what, outcome!);
        }
    }

    private (Outcome? Outcome, UserError? Stall) RunOnce(RsyncCall call, List<RsyncChange> changes, Action<RsyncProgress>? onProgress, List<string>? errors)
    {
        try
        {
            return (runner.Run(new Command("rsync", call.Arguments())
            {
                Limit = TimeSpan.FromHours(24),
                Watchdog = new(patience),
                OnErrorLine = errors is null ? null : errors.Add,
                OnLine = line =>
                {
                    if (RsyncChange.TryParse(line) is { } change)
                    {
                        changes.Add(change);
                    }
                    else if (RsyncProgress.TryParse(line) is { } progress)
                    {
                        onProgress?.Invoke(progress);
                    }
                },
            }), null);
        }
        catch (UserError e) when (e.ExitCode == ExitCode.Unreachable)
        {
            return (null, e);
        }
    }

    private static bool Said(Outcome? outcome, Func<string, bool> what) => outcome?.ErrorTail.Any(what) ?? false;

    private static void Sleep(TimeSpan wait) => Task.Delay(wait).Wait();

    private static UserError Failure(RsyncCall call, string what, Outcome outcome)
    {
        // rsync's own last line only repeats the code; the line before says what it met.
        var said = outcome.ErrorTail.LastOrDefault(l => l.Length > 0 && !l.StartsWith("rsync error:", StringComparison.Ordinal)) ?? "";
        if (outcome.ErrorTail.Select(l => call.SshLogin is { } login ? RsyncExit.SshRefusalByOther(l, login) : RsyncExit.SshRefusal(l)).FirstOrDefault(r => r is not null) is { } refusal)
        {
            return new($"cannot {what}: {refusal.Why}", refusal.Hint);
        }

        var message = $"cannot {what}: {RsyncExit.Meaning(outcome.ExitCode)} (rsync exit {outcome.ExitCode}){(said.Length > 0 ? ": " + said : "")}";
        return new(
            message,
            RsyncExit.IsUnreachable(outcome.ExitCode)
                ? "is the server up, and does its rsyncd have this module? try: rsync rsync://SERVER/"
                : "nothing was switched; mend the cause and run the command again, it goes on where it stopped",
            RsyncExit.IsUnreachable(outcome.ExitCode) ? ExitCode.Unreachable : ExitCode.Failed);
    }
}
