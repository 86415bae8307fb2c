using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Overlays;
using Allie.Overlays.Templates;

namespace Allie.Linux.Fleet;

/// <summary>report.json, on both sides.</summary>
public static class ReportFile
{
    /// <summary>On the PC, in the running image: what it has to say after a run over one of its images.</summary>
    /// <param name="settings">Where the state is, and the PC's name.</param>
    /// <param name="version">Ours.</param>
    /// <param name="image">How that run ended.</param>
    public static void Write(PcSettings settings, string version, ImageReport image)
    {
        PrivateDirectory.Make(settings.State);
        using var state = ImageRoot.Open(settings.State);
        var name = ImagePath.Of(PcReport.Name);
        var disabled = new DisabledFile("/", settings).Read();
        var pc = new JsonObject
        {
            ["host"] = settings.PcName.Length > 0 ? settings.PcName : Environment.MachineName,
            ["sent_at"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["uptime"] = Environment.TickCount64 / 1000,
            ["kernel"] = Environment.OSVersion.Version.ToString(),
            ["allie_version"] = version,
            ["disabled"] = disabled?.Json(),
        };
        state.WriteFile(name, Encoding.UTF8.GetBytes(PcReport.With(Last(state, name), pc, image)), FileMetadata.Root(0x180, ImageRoot.Now));
    }

    /// <summary>apply.log of the running image's state: of the last run alone, where that is the hourly one with a part for each image.</summary>
    /// <param name="settings">Where the state is.</param>
    /// <param name="text">What this run has to say.</param>
    /// <param name="append">A part of the hourly run, which has removed the log of the one before.</param>
    public static void WriteLog(PcSettings settings, string text, bool append)
    {
        using var state = ImageRoot.Open(settings.State);
        var name = ImagePath.Of(ApplyLog.Name);
        byte[] old = append && state.TryStat(name) is { IsRegular: true, Size: <= ApplyLog.Largest } ? state.ReadFile(name, ApplyLog.Largest) : [];
        state.WriteFile(name, ApplyLog.Cut([.. old, .. Encoding.UTF8.GetBytes(text)]), FileMetadata.Root(0x180, ImageRoot.Now));
    }

    /// <summary>On the server: what PC H said last of one of its images. A link in the place of the report is refused, not followed: the PC has put it there.</summary>
    /// <returns>Null and a note where there is none, or none that can be read.</returns>
    public static (TemplateValues? Facts, string? Note) Read(string reports, string host, string image) =>
        Read(reports, host, $"{host} has sent no report: what only it knows has no value here", text => PcReport.Facts(text, image));

    /// <summary>The same of what packages left beside overlay files there.</summary>
    public static (IReadOnlyList<string>? Paths, string? Note) NewDefaults(string reports, string host, string image) =>
        Read(reports, host, $"{host} has sent no report: what packages left there beside overlay files is not known", text => PcReport.NewDefaults(text, image));

    private static (T? Read, string? Note) Read<T>(string reports, string host, string none, Func<string, T> read)
        where T : class
    {
        try
        {
            if (!Directory.Exists(reports))
            {
                return (null, none);
            }

            using var root = ImageRoot.Open(reports);
            var path = ImagePath.Of(host).Join(PcReport.Name);
            return root.TryStat(path) is null ? (null, none) : (read(Encoding.UTF8.GetString(root.ReadFile(path, PcReport.Largest))), null);
        }
        catch (Exception e) when (e is UserError or LinuxException or FormatException)
        {
            return (null, $"the report of {host} is left out: {e.Message}");
        }
    }

    private static string? Last(ImageRoot state, ImagePath name) =>
        state.TryStat(name) is { IsRegular: true, Size: <= PcReport.Largest } ? Encoding.UTF8.GetString(state.ReadFile(name, PcReport.Largest)) : null;
}
