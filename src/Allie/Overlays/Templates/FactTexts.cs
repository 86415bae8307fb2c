namespace Allie.Overlays.Templates;

/// <summary>Facts that are read out of small files of a system.</summary>
public static class FactTexts
{
    /// <summary>KEY=value or KEY="value" of os-release(5); empty when it is not there.</summary>
    public static string OsRelease(string text, string key)
    {
        var line = text.Split('\n').LastOrDefault(l => l.StartsWith(key + "=", StringComparison.Ordinal));
        return line is null ? "" : line[(key.Length + 1)..].Trim().Trim('"', '\'');
    }

    /// <summary>
    /// The name with its domain: the host name itself when it has one, else as hosts(5) has it, else with the domain of resolv.conf(5). Empty
    /// without any: no name server is asked, a template must not depend on one.
    /// </summary>
    public static string Fqdn(string hostName, string hosts, string resolvConf)
    {
        if (hostName.Contains('.'))
        {
            return hostName;
        }

        var full = Words(hosts).SelectMany(w => w.Skip(1)).FirstOrDefault(n => n.StartsWith(hostName + ".", StringComparison.OrdinalIgnoreCase));
        var domain = Words(resolvConf).LastOrDefault(w => w is ["domain" or "search", _, ..])?[1].Trim('.');
        return full ?? (string.IsNullOrEmpty(domain) ? "" : $"{hostName}.{domain}");
    }

    /// <summary>The PC's lasting IPv6 addresses of /proc/net/if_inet6: global, and neither temporary nor deprecated nor tentative.</summary>
    public static IEnumerable<string> Inet6(string table)
    {
        const int Fleeting = 0x01 | 0x20 | 0x40; // IFA_F_TEMPORARY, IFA_F_DEPRECATED, IFA_F_TENTATIVE (linux/if_addr.h)
        return Words(table).Where(w => w is [{ Length: 32 }, _, _, "00", _, _] && (Convert.ToInt32(w[4], 16) & Fleeting) == 0)
            .Select(w => new System.Net.IPAddress(Convert.FromHexString(w[0])).ToString());
    }

    private static IEnumerable<string[]> Words(string text) =>
        text.Split('\n').Select(l => l.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length > 0);
}
