using System.Net;

namespace Allie.Fleet;

/// <summary>What rsyncd would give to people who are not meant: networks of ours that are the whole world, and modules of others that show the store.</summary>
public static class OpenModules
{
    public static IEnumerable<CheckFinding> Look(string rsyncdConf, string file, string store, IReadOnlyList<string> hostsAllow)
    {
        foreach (var network in hostsAllow.Where(IsWorld))
        {
            yield return new("open-to-the-world", $"rsyncd.hosts-allow has {network}", "an image holds password hashes, and anybody could fetch it", "name your own networks in server.toml, then: allie server conf");
        }

        var ours = RsyncdConf.ModulesOf(rsyncdConf);
        foreach (var (name, settings) in Modules(rsyncdConf).Where(m => !ours.ContainsKey(m.Name)))
        {
            var path = settings.GetValueOrDefault("path", "").TrimEnd('/');
            if (path.Length > 0 && ((path + "/").StartsWith(store + "/", StringComparison.Ordinal) || (store + "/").StartsWith(path + "/", StringComparison.Ordinal)))
            {
                yield return new("foreign-module", $"module [{name}] of {file} shows {path}{(settings.ContainsKey("hosts allow") || settings.ContainsKey("auth users") ? "" : " to anybody")}",
                    "it goes past what our modules hide: secrets of PCs, password hashes", "take it out, or give it another path");
            }
        }
    }

    /// <summary>A network of which half the internet is part, or a name, which whoever runs the DNS can give himself.</summary>
    private static bool IsWorld(string network)
    {
        var parts = network.Split('/');
        return !IPAddress.TryParse(parts[0], out var address)
            || (parts.Length == 2 && int.TryParse(parts[1], out var bits) && bits < (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 8 : 7));
    }

    /// <summary>Modules with their own settings; what stands above the first is every module's.</summary>
    private static IEnumerable<(string Name, Dictionary<string, string> Settings)> Modules(string text)
    {
        var global = new Dictionary<string, string>();
        (string Name, Dictionary<string, string> Settings)? module = null;
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] is not ('#' or ';')))
        {
            if (line[0] == '[')
            {
                if (module is { } done)
                {
                    yield return done;
                }

                module = (line.Trim('[', ']', ' '), new(global));
            }
            else if (line.Split('=', 2) is [var key, var value])
            {
                (module?.Settings ?? global)[string.Join(' ', key.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant()] = value.Trim();
            }
        }

        if (module is { } last && last.Name != "global")
        {
            yield return last;
        }
    }
}
