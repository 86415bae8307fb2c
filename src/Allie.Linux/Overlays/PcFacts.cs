using System.Net.NetworkInformation;
using System.Net.Sockets;
using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Overlays.Templates;

namespace Allie.Linux.Overlays;

/// <summary>What this PC is, for templates. What belongs to an image is read in that image, the machine's from the running system.</summary>
/// <param name="root">The image.</param>
/// <param name="stamp">Where its stamp is.</param>
/// <param name="name">The PC's name in the hosts file.</param>
internal sealed class PcFacts(ImageRoot root, ImagePath stamp, string name)
{
    /// <param name="host">Its line; null when it has none: then there are no groups and tags.</param>
    /// <param name="imageName">Of --image; null means what its stamp says.</param>
    internal TemplateValues Gather(HostEntry? host, string? imageName = null)
    {
        var image = root.TryReadText(stamp) is { } text ? ImageStamp.Parse(text, root.Show(stamp)) : null;
        var release = root.OsRelease();
        var machineId = (root.TryReadText(ImagePath.Of("etc/machine-id")) ?? "").Trim();
        Dictionary<string, string> texts = new()
        {
            ["host"] = host?.Name ?? name,
            ["fqdn"] = FactTexts.Fqdn(Environment.MachineName, Own("/etc/hosts"), Own("/etc/resolv.conf")),
            ["machine_id"] = machineId == "uninitialized" ? "" : machineId,
            ["root_label"] = RootFileSystem.Of(root).Label,
            ["image"] = imageName ?? image?.Name ?? "",
            ["generation"] = image is { Generation: > 0 } ? image.Generation.ToString() : "",
            ["distro.id"] = FactTexts.OsRelease(release, "ID"),
            ["distro.version"] = FactTexts.OsRelease(release, "VERSION_ID"),
        };
        foreach (var (tag, value) in host?.Tags ?? new Dictionary<string, string>())
        {
            texts[TemplateValues.Tag + tag] = value;
        }

        return TemplateValues.Of(texts, new Dictionary<string, IReadOnlyList<string>>
        {
            ["groups"] = host?.Groups ?? [], ["addresses"] = Addresses(), ["macs"] = Macs(),
        });
    }

    /// <summary>A file of facts (--host-facts) in place of all that.</summary>
    /// <param name="hostFile">TOML.</param>
    /// <param name="imageName">Of --image, for a file that does not say it.</param>
    /// <exception cref="UserError">Exit 2: not there, or what is in it is not understood.</exception>
    internal static TemplateValues Read(string hostFile, string? imageName) => File.Exists(hostFile)
        ? TemplateValues.Parse(File.ReadAllText(hostFile), hostFile) is var said && imageName is { } name ? said.Or("image", name) : said
        : throw UserError.Refused($"there is no file {hostFile}", "--host-facts names a TOML file: host = \"pc1\", groups = [\"g\"], [tag] room = \"W210\"");

    private static string Own(string file) => File.Exists(file) ? File.ReadAllText(file) : "";

    private static string[] Addresses() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Where(a => a.Address.AddressFamily == AddressFamily.InterNetwork && a.Address.GetAddressBytes() is not [169, 254, ..])
            .Select(a => a.Address.ToString()).Distinct().Order(StringComparer.Ordinal),
        .. FactTexts.Inet6(Own("/proc/net/if_inet6")).Order(StringComparer.Ordinal),
    ];

    /// <summary>Of network cards, not of bridges and tunnels.</summary>
    private static string[] Macs() =>
        !Directory.Exists("/sys/class/net") ? []
        : [.. Directory.EnumerateDirectories("/sys/class/net").Order(StringComparer.Ordinal)
            .Where(d => Path.Exists(d + "/device") && File.Exists(d + "/address"))
            .Select(d => File.ReadAllText(d + "/address").Trim()).Where(a => a.Length == 17)];
}
