using System.Text.RegularExpressions;

namespace Allie.Blandify.Identities;

/// <summary>What the captured machine called itself: the full name and the short one.</summary>
internal static partial class HostNames
{
    private static readonly string[] Plain = ["etc/hostname", "etc/HOSTNAME", "etc/mailname", "etc/salt/minion_id"];
    private static readonly string[] Keyed = ["etc/sysconfig/network", "etc/conf.d/hostname", "etc/postfix/main.cf"];

    internal static IEnumerable<string> Of(ITreeView tree) =>
        Plain.Select(f => IdentityProbe.Text(tree, f)).OfType<string>().SelectMany(Lines)
            .Concat(Keyed.Select(f => IdentityProbe.Text(tree, f)).OfType<string>().SelectMany(t => Key().Matches(t).Select(m => m.Groups[1].Value)))
            .Concat(Loopback(IdentityProbe.Text(tree, "etc/hosts") ?? ""))
            .Select(n => n.ToLowerInvariant().TrimEnd('.')).Where(n => Name().IsMatch(n))
            .SelectMany(n => n.Split('.') is [var first, _, ..] && !first.All(char.IsAsciiDigit) ? [n, first] : new[] { n });

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#');

    /// <summary>Debian's installer writes the machine's own names there and nothing else does.</summary>
    private static IEnumerable<string> Loopback(string hosts) =>
        Lines(hosts).Select(l => l.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w is ["127.0.1.1", ..]).SelectMany(w => w[1..]);

    [GeneratedRegex(@"^[ \t]*(?:HOSTNAME|hostname|DHCP_HOSTNAME|myhostname)[ \t]*=[ \t]*[""']?([A-Za-z0-9._-]+)", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9._-]*[a-z0-9])?\z")]
    private static partial Regex Name();
}
