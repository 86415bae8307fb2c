using Allie.Blandify;
using Allie.Files;
using Xunit;

namespace Allie.Tests.Blandify;

public class RuleSetTests
{
    private const string Id = "0123456789abcdef0123456789abcdef\n";

    [Fact]
    public void A_systemd_tree_keeps_an_empty_read_only_machine_id_and_the_bus_links_to_it()
    {
        var tree = Blandified(("usr/lib/systemd/systemd", "x"), ("etc/machine-id", Id), ("var/lib/dbus/machine-id", Id));

        Assert.Equal(("", 0x124), (tree.Text(ImagePath.Of("etc/machine-id")), tree.Find(ImagePath.Of("etc/machine-id"))!.Value.Permissions));
        Assert.Equal("/etc/machine-id", tree.LinkTarget(ImagePath.Of("var/lib/dbus/machine-id")));
    }

    [Fact]
    public void A_tree_without_systemd_gets_no_machine_id_and_loses_that_of_the_bus()
    {
        var tree = Blandified(("etc/inittab", "x"), ("var/lib/dbus/machine-id", Id));

        Assert.DoesNotContain(tree.Paths, p => p.Contains("machine-id"));
    }

    [Fact]
    public void Host_keys_go_and_everything_else_of_ssh_stays()
    {
        var tree = Blandified(
            ("etc/ssh/ssh_host_key", "k"), ("etc/ssh/ssh_host_rsa_key", "k"), ("etc/ssh/ssh_host_ed25519_key.pub", "k"),
            ("etc/ssh/ssh_host_rsa_key-cert.pub", "k"), ("etc/ssh/ssh_host_rsa_key.mine", "k"), ("etc/ssh/moduli", "m"),
            ("etc/ssh/sshd_config", "c"), ("root/.ssh/authorized_keys", "a"), ("root/.ssh/ssh_host_rsa_key", "mine"));

        Assert.Equal(
            ["etc/fstab", "etc/ssh/moduli", "etc/ssh/ssh_host_rsa_key.mine", "etc/ssh/sshd_config", "root/.ssh/authorized_keys", "root/.ssh/ssh_host_rsa_key"],
            tree.Paths);
    }

    [Fact]
    public void A_host_key_is_never_in_what_is_shown()
    {
        var plan = RuleSet.Plan(new MemoryTree(("etc/ssh/ssh_host_rsa_key", "k"), ("var/lib/systemd/random-seed", "s")), "f42");

        Assert.All(plan.Steps.Where(s => s.Kind == TreeAction.Delete), s => Assert.Null(s.Before));
        Assert.Equal(2, plan.Steps.Count(s => s.Kind == TreeAction.Delete));
    }

    [Fact]
    public void The_host_name_goes_from_its_file_and_from_loopback_lines_alone()
    {
        const string Hosts = "127.0.0.1\tlocalhost golden\n127.0.1.1\tgolden.x.org golden\n::1 golden\n# golden\n10.0.0.1 golden\n";

        var tree = Blandified(("etc/hostname", "golden.x.org\n"), ("etc/hosts", Hosts));

        Assert.Equal("localhost\n", tree.Text(ImagePath.Of("etc/hostname")));
        Assert.Equal("127.0.0.1\tlocalhost\n# golden\n10.0.0.1 golden\n", tree.Text(ImagePath.Of("etc/hosts")));
    }

    [Fact]
    public void Generated_udev_rules_go_but_not_an_administrators_link_to_null()
    {
        var tree = Blandified(("etc/udev/rules.d/70-persistent-net.rules", "x"), ("etc/udev/rules.d/70-persistent-cd.rules", "-> /dev/null"), ("etc/udev/rules.d/60-site.rules", "x"));

        Assert.Equal(["etc/fstab", "etc/udev/rules.d/60-site.rules", "etc/udev/rules.d/70-persistent-cd.rules"], tree.Paths);
    }

    [Fact]
    public void A_linked_fstab_becomes_a_file_of_the_image()
    {
        var tree = Blandified(("etc/fstab", "-> /etc/fstab"));

        Assert.Equal("LABEL=f42 / auto defaults 0 1\n", tree.Text(ImagePath.Of("etc/fstab")));
    }

    [Theory]
    [InlineData("", "hygiene", true, false)]
    [InlineData("logs", "hygiene", true, true)]
    [InlineData("hygiene", "", false, true)]
    [InlineData("hygiene", "histories-home", true, true)]
    public void A_class_stands_for_its_rules_and_a_rules_own_name_is_stronger(string with, string without, bool homeHistoryStays, bool logBecomesEmpty)
    {
        var tree = new MemoryTree(("etc/x", "x"), ("home/a/.bash_history", "ls"), ("var/log/messages", "x"));
        tree.Apply(RuleSet.Plan(tree, new RuleOptions("f42") { With = Words(with), Without = Words(without) }).Steps);

        Assert.Equal((homeHistoryStays, logBecomesEmpty), (tree.Paths.Contains("home/a/.bash_history"), tree.Text(ImagePath.Of("var/log/messages")) == ""));

        static HashSet<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Also checks on every tree above that a second run finds nothing.</summary>
    [Fact]
    public void The_key_of_the_PC_for_our_server_goes() =>
        Assert.DoesNotContain(Blandified(("etc/allie/pc_key", "k"), ("etc/allie/pc_key.pub", "k"), ("etc/allie/rsyncd.secret", "s")).Paths, p => p.StartsWith("etc/allie/") && p != "etc/allie/");

    private static MemoryTree Blandified(params (string Path, string Text)[] files)
    {
        var tree = new MemoryTree(files);
        tree.Apply(RuleSet.Plan(tree, "f42").Steps);
        Assert.Empty(RuleSet.Plan(tree, "f42").Steps);
        return tree;
    }
}
