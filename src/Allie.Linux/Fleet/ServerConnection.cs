using System.Text;
using Allie.Config;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Images.Offer;
using Allie.Linux.Processes;
using Allie.Rsync;

namespace Allie.Linux.Fleet;

/// <summary>
/// This PC's way to the server for one run. Over ssh the first call opens a connection and the following ones, also those of child processes,
/// go through it; it ends with the run, and by itself a minute after a run that was killed.
/// </summary>
public sealed class ServerConnection(PcSettings settings, IRunner runner) : IDisposable
{
    private const string Shared = "ALLIE_CONNECTION";
    private const int LongestSocket = 85; // sun_path has 108 bytes, and ssh appends 17 to it for a moment (unix(7))

    private Scratch? _own;
    private string? _config;

    /// <summary>A parent's run will end the connection, and send the report.</summary>
    public static bool IsShared => Environment.GetEnvironmentVariable(Shared) is { Length: > 0 };

    public ServerLink Link { get; } = new(settings, HasSecret(settings));

    /// <summary>The call as it goes over this connection.</summary>
    public RsyncCall Through(RsyncCall call) => call.IsLocal ? call : settings.IsSsh
        ? call with { Shell = $"ssh -F {Config()}" }
        : HasSecret(settings) ? call with { PasswordFile = settings.SecretFile } : call;

    /// <summary>The least visit, which proves that the server's daemon is there and lets us in: it names its modules, or none.</summary>
    public Command Greeting() => new("rsync", [.. settings.IsSsh ? [$"--rsh=ssh -F {Config()}"] : new[] { "--contimeout=10", $"--port={settings.ServerPort}" }, "--timeout=20", Link.Server])
    {
        Limit = TimeSpan.FromSeconds(40),
    };

    /// <summary>Children that this process starts from now on use this connection, and leave the report to it.</summary>
    public void Share()
    {
        if (!IsShared)
        {
            Environment.SetEnvironmentVariable(Shared, settings.IsSsh && settings.HostKeys.Count > 0 ? Config() : "rsyncd");
        }
    }

    public void Dispose()
    {
        if (_own is null)
        {
            return;
        }

        try
        {
            if (File.Exists(Path.Combine(_own.Path, "c")))
            {
                runner.Run(new("ssh", "-F", _config!, "-O", "exit", settings.ServerAddress) { Limit = TimeSpan.FromSeconds(10) });
            }
        }
        catch (Exception e) when (e is Errors.UserError or OperationCanceledException)
        {
            // it ends by itself after a minute
        }
        finally
        {
            _own.Dispose();
        }
    }

    private static bool HasSecret(PcSettings settings) => !settings.IsSsh && File.Exists(settings.SecretFile);

    private string Config()
    {
        if (_config is not null)
        {
            return _config;
        }

        if (IsShared && File.Exists(Environment.GetEnvironmentVariable(Shared)))
        {
            return _config = Environment.GetEnvironmentVariable(Shared)!;
        }

        var known = ServerLink.KnownHosts(settings);
        _own = new(settings.Run);
        var socket = Path.Combine(_own.Path, "c");
        var text = ServerLink.SshConfig(settings, _own.Write("known_hosts", Encoding.UTF8.GetBytes(known)), socket.Length <= LongestSocket ? socket : null);
        return _config = _own.Write("config", Encoding.UTF8.GetBytes(text));
    }
}
