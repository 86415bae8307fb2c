using Allie.Files;
using Allie.Personalise.Network;

namespace Allie.Personalise.Items;

/// <summary>
/// The network: files as they are where the image has the same back end; else what every back end can say, in the image's words; else DHCP.
/// Nothing is converted silently.
/// </summary>
internal sealed class NetworkItem : IPersonalItem
{
    private const string Reason = "network of this PC";
    private const int Secret = 0x180;

    private static readonly ImagePath Wpa = ImagePath.Of("etc/wpa_supplicant");
    private static readonly ImagePath Resolv = ImagePath.Of("etc/resolv.conf");

    public string Name => "network";

    public string What => "profiles of NetworkManager, netplan, networkd, ifupdown, ifcfg, wpa_supplicant; translated or DHCP where the image has another";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        var (old, fresh) = (facts.Old, facts.New);
        if (TreeLook.HasAny(fresh, "usr/sbin/wpa_supplicant", "sbin/wpa_supplicant"))
        {
            foreach (var file in TreeLook.RegularIn(old, Wpa, n => n.EndsWith(".conf", StringComparison.Ordinal)))
            {
                draft.Copy(0, file, Reason, Secret);
            }
        }

        var active = NetworkBackEnds.All.FirstOrDefault(b => b.IsActive(fresh)) ?? NetworkBackEnds.All.FirstOrDefault(b => b.IsIn(fresh));
        if (active is null)
        {
            return; // a tree that sets up no network of its own
        }

        if (!active.IsActive(fresh))
        {
            draft.Note($"{active.Name} is in the image but not enabled: does it get a network?");
        }

        foreach (var same in NetworkBackEnds.All.Where(b => b.IsIn(fresh)))
        {
            CopySame(facts, draft, same);
        }

        if (active.Files(old).Count == 0)
        {
            Translate(facts, draft, active);
        }

        // Neither ifupdown nor networkd writes resolv.conf, resolved does: without it what the PC has by hand is its name service.
        var isByHand = active is Ifupdown || (active is Networkd && !TreeLook.HasSystemd(fresh, "resolved"));
        if (isByHand && old.Text(Resolv)?.Contains("nameserver") == true && (fresh.Find(Resolv) is null || fresh.Text(Resolv)?.Contains("nameserver") == false))
        {
            draft.Copy(0, Resolv, "name servers of this PC");
        }
    }

    private static void CopySame(PersonalFacts facts, PersonalDraft draft, INetworkBackEnd backEnd)
    {
        var files = backEnd.Files(facts.Old);
        foreach (var file in files.Count > 0 ? files.Concat(backEnd.Beside(facts.Old)) : [])
        {
            draft.Copy(0, file, Reason);
        }

        TakeRivals(facts, draft, backEnd, Wired(backEnd.Read(facts.Old)), files);
    }

    private static IReadOnlyList<NetworkProfile> Wired(IEnumerable<NetworkProfile> read) =>
        [.. read.Where(p => p.Problem is null && (p.Dhcp4 || p.Addresses.Count > 0))];

    /// <summary>What the image has for the same card, or for any, would compete with the PC's own profile: which one wins is chance, or its file's name.</summary>
    private static void TakeRivals(PersonalFacts facts, PersonalDraft draft, INetworkBackEnd backEnd, IReadOnlyList<NetworkProfile> own, IReadOnlyList<ImagePath> files)
    {
        var mine = files.Select(f => f.ToString()).ToHashSet();
        var rivals = backEnd.Read(facts.New).Where(_ => own.Count > 0).GroupBy(p => p.Origin).Where(g => !mine.Contains(g.Key))
            .Where(g => g.All(p => p.Problem is null && (p.IsForAny || own.Any(o => o.Interface == p.Interface))));
        foreach (var rival in rivals.Select(g => ImagePath.FromRaw(RawName.FromText(g.Key))).Where(r => !facts.IsOverlays(r)))
        {
            draft.Delete(rival, "this PC has a profile of its own for that card");
        }
    }

    private static void Translate(PersonalFacts facts, PersonalDraft draft, INetworkBackEnd active)
    {
        var read = (NetworkBackEnds.All.FirstOrDefault(b => b.IsActive(facts.Old) && b.Files(facts.Old).Count > 0) ?? NetworkBackEnds.All.FirstOrDefault(b => b.Files(facts.Old).Count > 0))
            is { } before ? before.Read(facts.Old).ToList() : [];
        foreach (var lost in read.Where(p => p.Problem is not null))
        {
            draft.Note($"{lost.Origin} is not translated for {active.Name}: {lost.Problem}");
        }

        var profiles = Wired(read).Select(p => ForThisPc(p, facts)).ToList();
        var own = active.Write(profiles.Count > 0 ? profiles : [new() { Origin = "", Dhcp4 = true }]).ToList();
        if (profiles.Count == 0)
        {
            // NetworkManager asks DHCP by itself; an image that has a profile already knows better.
            if (active is not NetworkManager && active.Files(facts.New).Count == 0)
            {
                draft.Note($"no wired profile to carry: {active.Name} of the image asks DHCP");
                Put(facts, draft, own, "DHCP on wired cards");
            }

            return;
        }

        foreach (var profile in profiles)
        {
            draft.Note($"{profile.Origin} is translated for {active.Name}: {profile.ShortName} with {profile.Summary}");
        }

        Put(facts, draft, own, "network of this PC, translated");
        TakeRivals(facts, draft, active, profiles, [.. own.Select(o => o.Path)]);
    }

    private static void Put(PersonalFacts facts, PersonalDraft draft, IEnumerable<(ImagePath Path, string Text, int Permissions)> files, string reason)
    {
        foreach (var (path, text, permissions) in files)
        {
            draft.Write(path, text, reason, permissions);
        }
    }

    /// <summary>Bound to the card itself where it is known: the image may call it otherwise. Name servers from resolv.conf where only that has them.</summary>
    private static NetworkProfile ForThisPc(NetworkProfile profile, PersonalFacts facts)
    {
        var mac = profile.Mac.Length > 0 ? profile.Mac : facts.Cards.FirstOrDefault(c => c.Name == profile.Interface)?.Mac ?? "";
        var name = mac.Length > 0 && facts.Cards.FirstOrDefault(c => c.Mac == mac) is { } card && profile.Interface.Length == 0 ? card.Name : profile.Interface;
        var resolv = profile.Dhcp4 || profile.Dns.Count > 0 ? null : facts.Old.Text(Resolv);
        return profile with
        {
            Mac = mac,
            Interface = name,
            Dns = resolv is null ? profile.Dns : Words(resolv, "nameserver"),
            Search = resolv is null || profile.Search.Count > 0 ? profile.Search : Words(resolv, "search"),
        };
    }

    private static IReadOnlyList<string> Words(string resolv, string key) =>
        [.. resolv.Split('\n').Select(l => l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length > 1 && f[0] == key).SelectMany(f => f[1..])];
}
