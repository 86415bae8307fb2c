using Allie.Files;

namespace Allie.Blandify.Rules.Identity;

/// <summary>Rules about who a machine is, where a text has to be understood.</summary>
internal static class IdentityRules
{
    private const string NoName = "localhost\n";

    internal static IReadOnlyList<IRule> All(RuleOptions options, CapturedPc captured) =>
    [
        new TextRule("hosts", new("the captured PC's name goes from loopback lines; other lines stay", "every PC would take itself for the captured one"),
            ["etc/hosts"], (_, text, _) => HostsFile.Rewrite(text, captured.Names)),
        new CodeRule("hostname-file", new("the host name is localhost, which counts as none", "every PC would have the captured one's name"), HostName),
        new TextRule("hostname-mta", new("the captured PC's name goes from postfix and exim", "mail would come from the captured PC", RuleClass.Identity, RuleDefault.Optional),
            ["etc/postfix/main.cf", "etc/exim4/update-exim4.conf.conf"],
            (path, text, _) => path.Name == "main.cf" ? MailHost.Postfix(text, captured.Names) : MailHost.Exim(text, captured.Names)),
        new TextRule("entry-token", new("the name under which kernels are filed: the image's where it was the old machine-id", "kernel updates would be filed under a dead id"),
            ["etc/kernel/entry-token"], (_, text, _) => captured.MachineIds.Contains(text.Trim()) ? options.Label + "\n" : text),
        new MachineIdRule(options.MachineId),
        new BusMachineIdRule(options.MachineId),
        new SshHostKeysRule(),
        new IscsiNameRule(),
        new TextRule("adjtime", new("drift of the clock goes; UTC or local time stays", "measured on one PC's clock", RuleClass.Hardware),
            ["etc/adjtime"], (_, text, _) => Adjtime.Rewrite(text)),
        new TextRule("snapd", new("snapd's device serial goes from its state", "identity of one device", RuleClass.Identity, RuleDefault.Optional),
            ["var/lib/snapd/state.json"], (_, text, _) => SnapdState.Rewrite(text)),
        new CodeRule("accounts", new("the login screen forgets users that the image does not have", "users of the captured PC", RuleClass.Hygiene), Accounts),
        UserReport.Rule,
        CapabilityReport.Rule,
    ];

    /// <summary>Until a PC is personalised, DHCP may name it. The file is never deleted: old scripts fail without.</summary>
    private static IEnumerable<TreeChange> HostName(ITreeView tree) =>
        new[] { "etc/hostname", "etc/HOSTNAME" }.Select(ImagePath.Of).Where(p => tree.Find(p) is { IsDirectory: false } && tree.Text(p) != NoName)
            .Select(p => new TreeChange("hostname-file", p, TreeAction.Write, "name of one PC") { Before = tree.Text(p), After = NoName });

    private static IEnumerable<TreeChange> Accounts(ITreeView tree)
    {
        var directory = ImagePath.Of("var/lib/AccountsService/users");
        var users = (tree.Text(ImagePath.Of("etc/passwd")) ?? "").Split('\n').Select(l => l.Split(':')[0]).ToHashSet();
        return tree.Entries(directory).Where(e => e.Kind == FileKind.Regular && !users.Contains(e.Name))
            .Select(e => new TreeChange("accounts", directory.Join(e.Name), TreeAction.Delete, "a user that the image does not have"));
    }
}
