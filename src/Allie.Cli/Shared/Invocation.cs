using System.CommandLine;
using Allie.Cli.Output;
using Allie.Config;
using Allie.Errors;
using Allie.Linux.Fleet;
using Allie.Linux.Processes;
using Allie.Linux.Rsync;

namespace Allie.Cli.Shared;

/// <summary>One call of one command: its options, its settings, and what it needs to work.</summary>
internal sealed class Invocation(ParseResult parsed, CancellationToken interrupted) : IDisposable
{
    private ServerConnection? _connection;

    internal CancellationToken Interrupted => interrupted;

    internal bool Json => parsed.GetValue(Verbs.Json);

    internal bool DryRun => parsed.GetValue(Verbs.DryRun);

    internal bool Yes => parsed.GetValue(Verbs.Yes);

    internal IRunner Runner { get; } = new Runner(interrupted);

    /// <summary>Calls to the server's daemon go over <see cref="Connection"/>.</summary>
    internal RsyncRunner Rsync => RsyncWith(RsyncRunner.DefaultPatience);

    internal RsyncRunner RsyncWith(TimeSpan patience) => new(Runner, patience, pause: WaitForServer) { Through = c => Connection.Through(c) };

    /// <summary>This PC's way to the server.</summary>
    internal ServerConnection Connection => _connection ??= new(Pc, Runner);

    public void Dispose() => _connection?.Dispose();

    /// <exception cref="OperationCanceledException">Somebody has ended us meanwhile.</exception>
    internal void Wait(TimeSpan time)
    {
        if (Interrupted.WaitHandle.WaitOne(time))
        {
            throw new OperationCanceledException(Interrupted);
        }
    }

    /// <summary>Told on a terminal alone: the hourly run's words are mailed.</summary>
    private void WaitForServer(TimeSpan time)
    {
        if (!Console.IsErrorRedirected && time > TimeSpan.FromSeconds(3))
        {
            Screen.Say($"the server is full or does not answer; it is asked again in {time.TotalSeconds:0} s (Ctrl-C ends it)");
        }

        Wait(time);
    }

    internal T? Get<T>(Option<T> option) => parsed.GetValue(option);

    internal T Get<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    internal ServerSettings Server => Settings(ServerSettings.DefaultFile, ServerSettings.Parse);

    internal PcSettings Pc => Settings(PcSettings.DefaultFile, PcSettings.Parse);

    /// <summary>The settings file that was asked for; null for the default one.</summary>
    internal string? NamedConfig =>
        (parsed.GetValue(Verbs.Config) ?? Environment.GetEnvironmentVariable("ALLIE_CONFIG")) is { Length: > 0 } named ? named : null;

    /// <exception cref="UserError">Exit 2.</exception>
    internal static void RequireRoot(string verb)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw UserError.Refused($"{verb} needs root", $"run it with sudo, or as root");
        }
    }

    /// <summary>A named file must exist; the default one may be absent.</summary>
    private T Settings<T>(string defaultFile, Func<string, string, T> parse)
    {
        var named = NamedConfig;
        if (named is not null && !File.Exists(named))
        {
            throw UserError.Refused($"cannot read settings file {named}: it does not exist");
        }

        var file = named ?? defaultFile;
        return parse(File.Exists(file) ? File.ReadAllText(file) : "", file);
    }
}
