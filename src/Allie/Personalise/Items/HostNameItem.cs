using System.Text.RegularExpressions;
using Allie.Blandify;
using Allie.Blandify.Rules;
using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>The PC's name in every file that a distribution keeps it in.</summary>
internal sealed partial class HostNameItem : IPersonalItem
{
    private const string Reason = "this PC's name";
    private const string NoHosts = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";
    private static readonly ImagePath HostName = ImagePath.Of("etc/hostname");
    private static readonly ImagePath OldSuse = ImagePath.Of("etc/HOSTNAME");
    private static readonly ImagePath Mail = ImagePath.Of("etc/mailname");
    private static readonly ImagePath Hosts = ImagePath.Of("etc/hosts");
    private static readonly ImagePath RedHat = ImagePath.Of("etc/sysconfig/network");
    private static readonly ImagePath OpenRc = ImagePath.Of("etc/conf.d/hostname");

    public string Name => "hostname";

    public string What => "the PC's name: hostname, mailname, the 127.0.1.1 line of hosts, HOSTNAME of sysconfig";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        if (Of(facts) is not { } name)
        {
            draft.Note("nothing says what this PC is called; the image keeps its own name: name it with --hostname");
            return;
        }

        if (facts.New.Text(RedHat) is { } network && (network.Contains("HOSTNAME=") || !SystemKind.HasSystemd(facts.New)))
        {
            draft.Write(RedHat, KeyLines.Set(network, "HOSTNAME", name), Reason);
        }

        // Red Hat before systemd knows no /etc/hostname.
        if (facts.New.Find(HostName) is not null || facts.New.Find(RedHat) is null || SystemKind.HasSystemd(facts.New))
        {
            draft.Write(HostName, name + "\n", Reason);
        }

        if (facts.New.Text(OldSuse) is not null)
        {
            draft.Write(OldSuse, name + "\n", Reason);
        }

        if (facts.New.Text(OpenRc) is { } openRc)
        {
            draft.Write(OpenRc, KeyLines.Set(openRc, "hostname", $"\"{name}\""), Reason);
        }

        var full = HostsText.NamesWith(facts.Old.Text(Hosts) ?? "", name);
        if (facts.New.Find(Mail) is not null || facts.Old.Find(Mail) is not null)
        {
            var mail = facts.HostName is null ? facts.Old.Text(Mail) : null;
            draft.Write(Mail, mail ?? full.Split(' ')[0] + "\n", Reason);
        }

        draft.Write(Hosts, HostsText.WithNames(facts.New.Text(Hosts) ?? NoHosts, full), Reason);
    }

    /// <summary>Given, or set for good in a source, or the kernel's; null when none of them knows.</summary>
    internal static string? Of(PersonalFacts facts) =>
        facts.HostName ?? facts.Sources.Select(Stored).FirstOrDefault(n => n is not null) ?? Valid(facts.KernelName);

    /// <summary>A name that hostname(7) allows, perhaps with its domain.</summary>
    internal static bool IsValid(string name) => Allowed().IsMatch(name);

    private static string? Stored(ITreeView tree) => new[]
    {
        FirstLine(tree.Text(HostName)), FirstLine(tree.Text(OldSuse)), KeyLines.Get(tree.Text(RedHat), "HOSTNAME"), KeyLines.Get(tree.Text(OpenRc), "hostname"),
    }.Select(Valid).FirstOrDefault(n => n is not null);

    private static string? FirstLine(string? text) => text?.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && l[0] != '#');

    /// <summary>"localhost" counts as none, hostname(5).</summary>
    private static string? Valid(string? name) => name is not null && name.Split('.')[0] != "localhost" && IsValid(name) ? name : null;

    [GeneratedRegex(@"^(?=.{1,64}\z)[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*\z")]
    private static partial Regex Allowed();
}
