using Allie.Errors;
using Allie.Files;
using Allie.Personalise;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Tests.Personalise;

public sealed class PersonalPlanTests
{
    private static readonly string[] Keys =
    [
        "ssh_host_rsa_key", "ssh_host_rsa_key.pub", "ssh_host_ecdsa_key", "ssh_host_ecdsa_key.pub", "ssh_host_ed25519_key", "ssh_host_ed25519_key.pub",
    ];

    [Fact]
    public void A_debian_pc_stays_itself_in_a_bland_image()
    {
        var tree = Pc.Done(Pc.Facts(OldPc(), BlandImage()) with { Label = "deb13~2" });

        Assert.Equal("pc07\n", tree.Text("etc/hostname"));
        Assert.Equal("127.0.0.1 localhost\n127.0.1.1\tpc07.lab.example pc07\n", tree.Text("etc/hosts"));
        Assert.Equal("pc07.lab.example\n", tree.Text("etc/mailname"));
        Assert.Equal(Pc.Id + "\n", tree.Text("etc/machine-id"));
        Assert.Equal(0x124, tree.Find(ImagePath.Of("etc/machine-id"))!.Value.Permissions);
        Assert.Equal("/etc/machine-id", tree.LinkTarget(ImagePath.Of("var/lib/dbus/machine-id")));
        Assert.All(Keys, k => Assert.Equal("key " + k, tree.Text("etc/ssh/" + k)));
        Assert.Equal(0x180, tree.Find(ImagePath.Of("etc/ssh/ssh_host_rsa_key"))!.Value.Permissions);
        Assert.Equal("LABEL=deb13~2 / ext4 defaults 0 1\n", tree.Text("etc/fstab"));
        Assert.Equal("keytab", tree.Text("etc/krb5.keytab"));
        Assert.Equal("[server]\naddress = \"s\"\n", tree.Text("etc/allie.toml"));
        Assert.Null(tree.Text("var/lib/systemd/random-seed"));
        Assert.Equal("root:x:0:0::/root:/bin/sh\n", tree.Text("etc/passwd"));
    }

    [Fact]
    public void A_file_of_the_overlay_stays_and_is_named_but_the_root_line_must_fit()
    {
        var overlay = new HashSet<ImagePath> { ImagePath.Of("etc/hosts"), ImagePath.Of("etc/fstab") };
        var plan = Pc.Plan(Pc.Facts(OldPc(), BlandImage()) with { Label = "deb13~2", IsOverlays = overlay.Contains });

        Assert.DoesNotContain(plan.Steps, s => s.Target == "/etc/hosts");
        Assert.Contains("/etc/hosts is the overlay's and stays", plan.Notes);
        Assert.Equal("LABEL=deb13~2 / ext4 defaults 0 1\n", Assert.Single(plan.Steps, s => s.Target == "/etc/fstab").Text);
    }

    [Theory]
    [InlineData("hostname", "/etc/hostname")]
    [InlineData("machine-id", "/etc/machine-id")]
    [InlineData("host-keys", "/etc/ssh/ssh_host_rsa_key")]
    [InlineData("carry", "/etc/krb5.keytab")]
    [InlineData("settings", "/etc/allie.toml")]
    [InlineData("random-seed", "/var/lib/systemd/random-seed")]
    public void Each_item_can_be_switched_off(string item, string path)
    {
        var facts = Pc.Facts(OldPc(), BlandImage());

        Assert.Contains(Pc.Plan(facts).Steps, s => s.Target == path && s.Item == item);
        Assert.DoesNotContain(Pc.Plan(facts with { Choices = new() { Skip = [item] } }).Steps, s => s.Item == item);
    }

    [Fact]
    public void Settings_that_are_no_choice_are_refused()
    {
        Assert.Contains("items: random-seed, hostname", Assert.Throws<UserError>(() => PersonalChoices.Check(["host-key"], "carry", "", "f")).Hint, StringComparison.Ordinal);
        Assert.Throws<UserError>(() => PersonalChoices.Check([], "same", "", "f"));
        Assert.Throws<UserError>(() => PersonalChoices.Check([], "carry", "uid>1000", "f"));
        Assert.Equal(1000, PersonalChoices.Check(["carry"], "new", "uid>=1000", "f").UsersFrom);
    }

    [Fact]
    public void What_the_active_image_lacks_comes_from_another_image_of_the_pc()
    {
        var bare = new MemoryTree(("etc/hostname", "rescue\n"), ("etc/machine-id", ""));
        var tree = Pc.Done(Pc.Facts(bare, BlandImage()) with { Sources = [bare, OldPc()] });

        Assert.Equal("rescue\n", tree.Text("etc/hostname"));
        Assert.Equal(Pc.Id + "\n", tree.Text("etc/machine-id"));
        Assert.Equal("key ssh_host_rsa_key", tree.Text("etc/ssh/ssh_host_rsa_key"));
        Assert.Equal("keytab", tree.Text("etc/krb5.keytab"));
    }

    [Fact]
    public void Host_keys_of_a_type_that_no_source_has_are_made_once()
    {
        var old = new MemoryTree(("etc/ssh/ssh_host_ed25519_key", "k"), ("etc/ssh/ssh_host_ed25519_key.pub", "p"), ("etc/ssh/ssh_host_notes.txt", "n"), ("etc/ssh/sshd_config", "c"));
        var facts = Pc.Facts(old, new(("etc/ssh/sshd_config", "new")));

        Assert.Equal(["/etc/ssh/ssh_host_rsa_key", "/etc/ssh/ssh_host_ecdsa_key"], Pc.Plan(facts).Steps.Where(s => s.Kind == PersonalAction.Generate).Select(s => s.Target));
        var tree = Pc.Done(facts);
        Assert.Equal("new", tree.Text("etc/ssh/sshd_config"));
        Assert.Null(tree.Text("etc/ssh/ssh_host_notes.txt"));
    }

    [Theory]
    [InlineData("OpenSSH_5.3p1", "convert rsa, copy rsa.pub", "ecdsa ed25519")]
    [InlineData("OpenSSH_6.4p1", "convert ecdsa, convert rsa, copy ecdsa.pub, copy rsa.pub", "ed25519")]
    [InlineData("OpenSSH_6.6.1p1 OpenSSH_5.3 OpenSSH_6.4", "copy ecdsa, copy ecdsa.pub, copy ed25519, copy ed25519.pub, copy rsa, copy rsa.pub", "")]
    [InlineData("no version", "copy ecdsa, copy ecdsa.pub, copy ed25519, copy ed25519.pub, copy rsa, copy rsa.pub", "")]
    public void An_old_sshd_gets_keys_in_its_form_and_those_that_it_does_not_know_are_told(string sshd, string carried, string told)
    {
        var keys = new[] { "rsa", "ecdsa", "ed25519" };
        var old = new MemoryTree([.. keys.SelectMany(t => new[]
        {
            ($"etc/ssh/ssh_host_{t}_key", "-----BEGIN OPENSSH PRIVATE KEY-----\n" + t), ($"etc/ssh/ssh_host_{t}_key.pub", "public " + t),
        })]);
        var facts = Pc.Facts(old, new(("etc/ssh/sshd_config", ""), ("usr/sbin/sshd", $"\x7f ELF\0{sshd}\0")));

        Assert.Equal(carried, string.Join(", ", Pc.Steps(facts, "host-keys").Select(s => $"{s.Action} {s.Path.Name[9..].Replace("_key", "")}").Order(StringComparer.Ordinal)));
        Assert.Equal(told, string.Join(' ', keys.Where(t => Pc.Plan(facts).Notes.Any(n => n.EndsWith($"does not know keys of type {t}", StringComparison.Ordinal)))));
        Assert.Equal(sshd == "no version", Pc.Plan(facts).Notes.Any(n => n.Contains("does not tell its version")));
        Pc.Done(facts);
    }

    [Fact]
    public void An_old_sshds_missing_keys_are_made_in_its_form()
    {
        var facts = Pc.Facts(new(("etc/hostname", "pc07\n")), new(("etc/ssh/sshd_config", ""), ("usr/sbin/sshd", "OpenSSH_5.3p1")));

        var made = Assert.Single(Pc.Steps(facts, "host-keys"), s => s.Kind == PersonalAction.Generate);

        Assert.Equal(("rsa", "-m PEM"), (made.Text, string.Join(' ', made.Words)));
    }

    [Fact]
    public void An_image_without_sshd_gets_no_keys()
    {
        Assert.Empty(Pc.Steps(Pc.Facts(OldPc(), new(("etc/fstab", ""))), "host-keys"));
    }

    [Fact]
    public void Red_hat_before_systemd_gets_its_name_where_it_looks_for_it()
    {
        var tree = Pc.Done(Pc.Facts(OldPc(), new(("etc/sysconfig/network", "NETWORKING=yes\nHOSTNAME=localhost.localdomain\n"), ("var/lib/dbus/x", ""))));

        Assert.Equal("NETWORKING=yes\nHOSTNAME=pc07\n", tree.Text("etc/sysconfig/network"));
        Assert.Null(tree.Text("etc/hostname"));
        Assert.Null(tree.Text("etc/machine-id"));
        Assert.Equal(Pc.Id + "\n", tree.Text("var/lib/dbus/machine-id"));
        Assert.Equal("pc07", Pc.Steps(Pc.Facts(tree, BlandImage()), "hostname")[0].Text.Trim());
    }

    [Fact]
    public void A_new_name_goes_into_every_file_that_has_it()
    {
        var tree = Pc.Done(Pc.Facts(OldPc(), BlandImage()) with { HostName = "pc08.lab.example" });

        Assert.Equal("pc08.lab.example\n", tree.Text("etc/hostname"));
        Assert.Equal("pc08.lab.example\n", tree.Text("etc/mailname"));
        Assert.EndsWith("127.0.1.1\tpc08.lab.example pc08\n", tree.Text("etc/hosts"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pc_that_is_called_localhost_has_no_name_to_carry()
    {
        var plan = Pc.Plan(Pc.Facts(new(("etc/hostname", "localhost\n")), BlandImage()));

        Assert.DoesNotContain(plan.Steps, s => s.Item == "hostname");
        Assert.Contains(plan.Notes, n => n.Contains("--hostname", StringComparison.Ordinal));
    }

    [Fact]
    public void A_machine_id_of_its_own_is_made_once_when_it_is_wanted()
    {
        var facts = Pc.Facts(OldPc(), BlandImage()) with { Choices = new() { NewMachineId = true } };

        Assert.Equal(facts.FreshId + "\n", Pc.Done(facts).Text("etc/machine-id"));
        Assert.Empty(Pc.Plan(facts with { FreshId = new('d', 32) }).Steps);
    }

    [Fact]
    public void The_carry_list_takes_more_and_leaves_out()
    {
        var old = new MemoryTree(
            ("etc/krb5.keytab", "keytab"), ("etc/adjtime", "UTC"), ("etc/salt/minion_id", "pc07"), ("opt/licence/key", "L"), ("opt/licence/deep/er", "M"),
            ("etc/allie/carry.d/site.list", "# site\n/opt/licence\n!/etc/adjtime\n"));
        var facts = Pc.Facts(old, new(("etc/fstab", "")));
        var tree = Pc.Done(facts);

        Assert.Equal(("keytab", "L", "M"), (tree.Text("etc/krb5.keytab"), tree.Text("opt/licence/key"), tree.Text("opt/licence/deep/er")));
        Assert.Null(tree.Text("etc/adjtime"));
        Assert.Null(tree.Text("etc/salt/minion_id")); // no salt in the image
        Assert.NotNull(tree.Text("etc/allie/carry.d/site.list"));
        Assert.Throws<UserError>(() => Pc.Plan(Pc.Facts(new(("etc/allie/carry.d/a.list", "/etc/../../x\n")), new())));
        Assert.Throws<UserError>(() => Pc.Plan(Pc.Facts(new(("etc/allie/carry.d/a.list", "etc/x\n")), new())));
    }

    [Fact]
    public void Fixed_names_of_network_cards_are_carried_only_where_the_pc_has_them()
    {
        var old = new MemoryTree(
            ("etc/udev/rules.d/70-persistent-net.rules", "NAME=eth0"), ("etc/udev/rules.d/75-persistent-net-generator.rules", "-> /dev/null"),
            ("etc/systemd/network/10-lan.link", "[Match]\nMACAddress=52:54:00:00:00:01\n"), ("etc/systemd/network/99-default.link", "[Link]\nNamePolicy=kernel\n"));

        Assert.Equal(["/etc/udev/rules.d/70-persistent-net.rules", "/etc/systemd/network/10-lan.link"], Pc.Steps(Pc.Facts(old, new(("etc/fstab", ""))), "udev-names").Select(s => s.Target));
        Assert.Empty(Pc.Steps(Pc.Facts(OldPc(), new(("etc/fstab", ""))), "udev-names"));
    }

    private static MemoryTree OldPc() => new(
    [
        Pc.Systemd, ("etc/hostname", "pc07\n"), ("etc/hosts", "127.0.0.1 localhost\n127.0.1.1 pc07.lab.example pc07\n"), ("etc/mailname", "pc07.lab.example\n"),
        ("etc/machine-id", Pc.Id + "\n"), ("etc/fstab", "LABEL=deb12 / ext4 defaults 0 1\n"), ("etc/krb5.keytab", "keytab"),
        ("etc/allie.toml", "[server]\naddress = \"s\"\n"), ("etc/passwd", "root:x:0:0::/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n"),
        ("var/lib/systemd/random-seed", "seed of the old"), .. Keys.Select(k => ("etc/ssh/" + k, "key " + k)),
    ]);

    private static MemoryTree BlandImage() => new(
        Pc.Systemd, ("etc/hostname", "localhost\n"), ("etc/hosts", "127.0.0.1 localhost\n"), ("etc/mailname", "localhost\n"), ("etc/machine-id", ""),
        ("var/lib/dbus/machine-id", "left over"), ("etc/ssh/sshd_config", "c"), ("etc/fstab", "LABEL=deb13 / ext4 defaults 0 1\n"),
        ("etc/passwd", "root:x:0:0::/root:/bin/sh\n"), ("var/lib/systemd/random-seed", "seed of the golden PC"));
}
