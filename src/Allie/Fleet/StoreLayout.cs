using Allie.Config;
using Allie.Overlays.Layers;

namespace Allie.Fleet;

/// <summary>The directories and first files of a server's store.</summary>
public static class StoreLayout
{
    private const int Private = 0x1C0; // 0700: trees in there hold set-id programs and password hashes
    private const int Layer = 0x1ED; // 0755: a layer's top directory becomes / on a PC

    public static IReadOnlyList<(string Path, int Permissions)> Directories(ServerSettings settings) =>
    [
        (settings.Store, Private),
        (settings.Images, Private),
        (settings.Images + "/.generations", Private),
        (settings.Images + "/.work", Private),
        (settings.Overlays, Private),
        (settings.Overlays + "/all", Layer),
        (settings.Overlays + "/group", Layer),
        (settings.Overlays + "/host", Private),
        (settings.Reports, Private),
    ];

    public const string SampleHosts =
        """
        # One line per PC or range of PCs. A later line adds groups and images to an earlier one.
        #   groups=A,B   groups, most important first       images=f18,sl6  images the PC may have
        #   addr=IP      by which rsyncd knows it           tag.NAME=VALUE  anything, for templates
        #
        # pc[01-40] groups=teaching images=f18,sl6 tag.room=W210
        # pc07 addr=10.0.0.7

        """;

    public static string SampleSettings(ServerSettings settings) =>
        $"""
        # Settings of the ALLiE server. Every key may be left out; the values shown are what holds then.
        # store = "{settings.Store}"
        #
        # [rsyncd]
        # conf = "{settings.RsyncdConf}"
        # address = ""
        # port = {settings.RsyncdPort}
        # hosts-allow = [{string.Join(", ", settings.HostsAllow.Select(n => $"\"{n}\""))}]
        # auth = false
        # secrets = "{settings.RsyncdSecrets}"
        #
        # [ssh]
        # conf = "{settings.SshdConf}"
        #
        # [offer]
        # port = {settings.OfferPort}
        #
        # [prune]
        # keep = {settings.KeepGenerations}

        """;
}
