using System.Text;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Images;

namespace Allie.Linux.Fleet;

/// <summary>The server's rsyncd.conf: reads what there is to serve, and writes our part of the file.</summary>
public sealed class RsyncdConfFile(ServerSettings settings)
{
    public string Path => settings.RsyncdConf;

    /// <summary>The file as it stands, one byte per char; empty when absent.</summary>
    public string Read() => File.Exists(Path) ? File.ReadAllText(Path, Encoding.Latin1) : "";

    /// <summary>rsync reads the file anew for each connection: no restart is needed.</summary>
    public void Write(string text) => AtomicFile.Write(Path, Encoding.Latin1.GetBytes(text));

    /// <exception cref="UserError">There is no store yet.</exception>
    public ServerModules Decide(HostsFile hosts, EnrolledPcs pcs)
    {
        if (!Directory.Exists(settings.Images))
        {
            throw UserError.Refused($"there is no store: {settings.Images} does not exist", "run: allie server init");
        }

        var decided = ServerModules.Decide(settings, new ImageStore(settings.Images).Published(), HostOverlays(), hosts, pcs);
        return decided with { Notes = [.. decided.Notes, .. Openings()] };
    }

    private IEnumerable<string> Openings() =>
        Directory.Exists(settings.Overlays)
            ? LayerLinks.LeadingOut(settings.Overlays).Select(p => $"the link {settings.Overlays}{p} leads out of the layers; remove or change it (allie overlay lint)")
            : [];

    private IEnumerable<string> HostOverlays()
    {
        if (!Directory.Exists(settings.Overlays + "/host"))
        {
            return [];
        }

        using var root = ImageRoot.Open(settings.Overlays + "/host");
        return [.. root.List(ImagePath.Root).Where(n => root.TryStat(ImagePath.FromRaw(n)) is { IsDirectory: true }).Where(n => n[0] != '.')];
    }
}
