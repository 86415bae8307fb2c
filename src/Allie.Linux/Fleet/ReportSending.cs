using Allie.Config;
using Allie.Errors;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Processes;
using Allie.Linux.Rsync;

namespace Allie.Linux.Fleet;

/// <summary>
/// Sends this PC's report and the log of its last run to its place on the server. That it cannot be sent harms nothing: the next run has a newer
/// one; why is in the local log.
/// </summary>
public sealed class ReportSending(PcSettings settings, IRunner runner, ServerConnection connection)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private string LogFile => Path.Combine(settings.State, "report.log");

    /// <summary>What there is to send.</summary>
    public IReadOnlyList<string> Files() => [.. new[] { PcReport.Name, ApplyLog.Name }.Select(n => Path.Combine(settings.State, n)).Where(File.Exists)];

    /// <exception cref="UserError">It was not sent.</exception>
    public void Send()
    {
        using var root = ImageRoot.Open("/");
        var name = settings.PcName is { Length: > 0 } set ? set : Environment.MachineName;
        var host = HostLine.Last(root, Allie.Files.ImagePath.Of(settings.State), name);
        var rsync = new RsyncRunner(runner, Patience, tries: 2) { Through = connection.Through };
        rsync.Run(new(Files(), connection.Link.Url(connection.Link.ReportModule(host))) { ContentOnly = true, Port = settings.ServerPort }, $"send the report to {settings.ServerAddress}");
    }

    /// <summary>As the hourly run does it: silent.</summary>
    public void TrySend()
    {
        if (settings.ServerAddress.Length == 0 || Files().Count == 0)
        {
            return;
        }

        try
        {
            Send();
            File.Delete(LogFile);
        }
        catch (UserError e)
        {
            AtomicFile.Write(LogFile, e.Message + "\n", 0x180);
        }
    }
}
