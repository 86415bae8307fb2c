using Allie.Files;
using Allie.Personalise;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Tests.Personalise;

public sealed class SelinuxTests
{
    private const string Top = "etc/selinux/targeted/contexts/files/file_contexts";
    private static readonly (string, string) On = ("etc/selinux/config", "# this file\nSELINUX=enforcing\nSELINUXTYPE=targeted\n");

    private const string Contexts = """
        /.*	system_u:object_r:default_t:s0
        /etc/.*	system_u:object_r:etc_t:s0
        /etc/hostname	--	system_u:object_r:hostname_etc_t:s0
        /etc/machine-id	--	system_u:object_r:machineid_t:s0
        /etc/ssh/ssh_host.*_key	--	system_u:object_r:sshd_key_t:s0
        /etc/ssh/ssh_host.*_key\.pub	--	system_u:object_r:sshd_key_t:s0
        /etc/krb5\.keytab	--	system_u:object_r:krb5_keytab_t:s0
        /usr/lib/systemd/system(/.*)?	system_u:object_r:systemd_unit_file_t:s0
        /var/run	-l	system_u:object_r:var_run_t:s0
        /mnt(/[^/]*)?	-l	system_u:object_r:mnt_t:s0
        /a(?=b)c	system_u:object_r:broken_t:s0
        /proc/.*	<<none>>
        """;

    [Fact]
    public void Each_file_gets_the_label_of_the_images_policy_and_no_boot_is_spent()
    {
        var plan = Pc.Plan(Pc.Facts(Old(), new(Pc.Systemd, On, (Top, Contexts), ("etc/ssh/sshd_config", ""), ("etc/machine-id", ""))));

        string? Label(string path) => Assert.Single(plan.Steps, s => s.Target == path).Label;
        Assert.Equal("system_u:object_r:hostname_etc_t:s0", Label("/etc/hostname"));
        Assert.Equal("system_u:object_r:machineid_t:s0", Label("/etc/machine-id"));
        Assert.Equal("system_u:object_r:sshd_key_t:s0", Label("/etc/ssh/ssh_host_rsa_key"));
        Assert.Equal("system_u:object_r:etc_t:s0", Label("/etc/hosts"));
        Assert.DoesNotContain(plan.Steps, s => s.Target == "/.autorelabel");
    }

    [Fact]
    public void A_policy_without_its_list_costs_a_boot_and_says_so()
    {
        var facts = Pc.Facts(Old(), new(Pc.Systemd, On, ("etc/machine-id", "")));

        Assert.Contains(Pc.Plan(facts).Notes, n => n.Contains("boots once more", StringComparison.Ordinal));
        Assert.Equal("", Pc.Done(facts).Text(".autorelabel"));
    }

    [Theory]
    [InlineData("SELINUX=disabled\n")]
    [InlineData("")]
    public void Without_selinux_nothing_is_labelled(string config)
    {
        var plan = Pc.Plan(Pc.Facts(Old(), new(Pc.Systemd, ("etc/selinux/config", config), (Top, Contexts))));

        Assert.All(plan.Steps, s => Assert.Null(s.Label));
    }

    [Theory]
    [InlineData("etc/hostname", "system_u:object_r:hostname_etc_t:s0")] // plain before pattern, though a later line matches
    [InlineData("etc/other", "system_u:object_r:etc_t:s0")]
    [InlineData("usr/lib/systemd/system", "system_u:object_r:systemd_unit_file_t:s0")]
    [InlineData("etc/systemd/system/x", "system_u:object_r:systemd_unit_file_t:s0")] // by its alias
    [InlineData("proc/x", null)]
    [InlineData("elsewhere", "system_u:object_r:default_t:s0")]
    [InlineData("etc/special", "system_u:object_r:local_t:s0")]
    public void A_path_has_the_label_that_libselinux_gives_it(string path, string? label)
    {
        var tree = new MemoryTree((Top, Contexts), (Top + ".subs_dist", "/etc/systemd/system /usr/lib/systemd/system\n"), (Top + ".local", "/etc/special	system_u:object_r:local_t:s0\n"));

        Assert.Equal(label, FileContexts.Of(tree, "targeted")!.For(ImagePath.Of(path), FileKind.Regular));
    }

    private static MemoryTree Old() => new(("etc/hostname", "pc07\n"), ("etc/machine-id", Pc.Id + "\n"), ("etc/ssh/ssh_host_rsa_key", "k"), ("etc/ssh/ssh_host_rsa_key.pub", "p"));
}
