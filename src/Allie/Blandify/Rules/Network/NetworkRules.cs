using Allie.Files;

namespace Allie.Blandify.Rules.Network;

/// <summary>Rules about network profiles.</summary>
internal static class NetworkRules
{
    internal static IReadOnlyList<IRule> All(RuleOptions options)
    {
        const string OneCard = "names one PC's card, or gives its address to every PC";
        var policy = options.StaticNetwork;
        return
        [
            new TextRule("ifcfg-rh", Hardware("ifcfg files for any card; fixed addresses become DHCP", OneCard),
                ["etc/sysconfig/network-scripts/ifcfg-*", "etc/sysconfig/networking/{devices,profiles/*}/ifcfg-*"],
                (path, text, tree) => path.Name == "ifcfg-lo" ? text : IfcfgRedHat.Rewrite(text, policy, HasNetworkManager(tree))),
            new TextRule("ifcfg-suse", Hardware("ifcfg files of SUSE for any card; fixed addresses become DHCP", OneCard),
                ["etc/sysconfig/network/ifcfg-*"],
                (path, text, _) => path.Name is "ifcfg-lo" or "ifcfg.template" ? text : IfcfgSuse.Rewrite(text, policy)),
            new TextRule("nm-conn", Hardware("ethernet profiles of NetworkManager for any card; fixed addresses become DHCP; others are named", OneCard),
                ["etc/NetworkManager/system-connections/*"], (_, text, tree) => NetworkManagerProfile.Rewrite(text, policy, Users(tree)))
                { Told = (_, text, _) => NetworkManagerProfile.Told(text), Permissions = 0x180 },
            new NetplanRule(policy),
            new TextRule("networkd", Hardware("addresses of cards and ids go from networkd's files; fixed addresses become DHCP", OneCard),
                ["etc/systemd/network/*.{network,netdev}"], (_, text, _) => NetworkdUnit.Rewrite(text, policy)) { Told = (_, text, _) => NetworkdUnit.Told(text) },
            new TextRule("ifupdown", Hardware("Debian's interfaces for any card; fixed addresses become DHCP", OneCard),
                ["etc/network/interfaces", "etc/network/interfaces.d/*"],
                (_, text, tree) => Interfaces.Rewrite(text, policy, Interfaces.KnowsPatterns(tree.Text(ImagePath.Of("var/lib/dpkg/status")) ?? ""))),
        ];
    }

    private static RuleAbout Hardware(string does, string why) => new(does, why, RuleClass.Hardware);

    private static bool HasNetworkManager(ITreeView tree) => tree.Find(ImagePath.Of("usr/sbin/NetworkManager")) is not null;

    private static HashSet<string> Users(ITreeView tree) =>
        (tree.Text(ImagePath.Of("etc/passwd")) ?? "").Split('\n').Select(l => l.Split(':')[0]).ToHashSet();
}
