using Allie.Config;
using Allie.Errors;
using Allie.Fleet;
using Xunit;

namespace Allie.Tests.Fleet;

public class PcModulesTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0000000000000000000000000000000000000000000";
    private static readonly ServerSettings Settings = ServerSettings.Parse("", "server.toml");
    private static readonly HostsFile Hosts = HostsFile.Parse("pc1 images=f18 groups=lab,*,../x\npc2 images=f18\n", "hosts");

    [Fact]
    public void A_PC_has_its_images_its_layers_and_a_place_for_its_report()
    {
        var modules = PcModules.For(Settings, Hosts.Find("pc1")!, ["f18", "sl6"], l => l == "f18" ? ["f18.2"] : []);

        Assert.Equal(["pc", "image-f18", "report"], modules.Select(m => m.Name));
        Assert.Equal("- *", modules[0].Filters[^1]);
        Assert.Contains("+ /overlays/f18.2/***", modules[0].Filters);
        Assert.Contains("+ /overlays/host/pc1/***", modules[0].Filters);
        Assert.DoesNotContain(modules[0].Filters, f => f.Contains("group/*") || f.Contains("..") || f.Contains("sl6"));
        Assert.Contains("read only = no", modules[2].Format());
        Assert.All(modules.Take(2), m => Assert.Contains("read only = yes", m.Format()));
        Assert.All(modules, m => Assert.DoesNotContain("hosts allow", m.Format()));
    }

    [Fact]
    public void A_revoked_PC_and_one_without_a_line_have_no_key_in_the_file()
    {
        var key = PublicKey.Parse(Key);
        var pcs = new EnrolledPcs(new Dictionary<string, PublicKey> { ["pc1"] = key, ["pc2"] = key, ["gone"] = key }, new HashSet<string>(), new HashSet<string> { "pc2" });

        var files = SshFiles.Decide(Settings, pcs, Hosts, ["f18"], _ => []);

        Assert.Equal(["/srv/allie/ssh/pcs/pc1.d/hosts", "/srv/allie/ssh/pcs/pc1.conf"], files.Confs.Keys);
        Assert.Equal("pc1 groups=lab,*,../x images=f18\n", files.Confs["/srv/allie/ssh/pcs/pc1.d/hosts"]);
        var line = Assert.Single(files.AuthorizedKeys.Split('\n'), l => l.Contains("ssh-ed25519"));
        Assert.Equal(
            "restrict,command=\"exec unshare -m sh -c 'mount --rbind /srv/allie/overlays /srv/allie/ssh/pcs/pc1.d/overlays && exec prlimit --fsize=1048576:1048576 "
            + $"rsync --server --daemon --config=/srv/allie/ssh/pcs/pc1.conf .'\" {Key} pc1", line);
        Assert.Contains(files.Notes, n => n.Contains("gone"));
    }

    [Theory]
    [InlineData("command=\"sh\" " + Key)]
    [InlineData(Key + "\n" + Key)]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("ssh-dss AAAAB3NzaC1kc3MAAACBAJ00000000000000000000000000")]
    [InlineData("")]
    public void What_is_not_one_plain_key_is_refused(string text) =>
        Assert.Equal(ExitCode.Refused, Assert.Throws<UserError>(() => PublicKey.Parse(text)).ExitCode);

    [Fact]
    public void A_key_keeps_nothing_but_itself() => Assert.Equal(Key, PublicKey.Parse(Key + " root@pc \"a,b\"\n").ToString());

    [Theory]
    [InlineData("/srv/a b")]
    [InlineData("/srv/a\"b")]
    [InlineData("/srv/$(id)")]
    public void A_store_that_a_forced_command_would_read_otherwise_is_refused(string store) =>
        Assert.Throws<UserError>(() => AuthorizedKeys.Format([KeyValuePair.Create("pc1", PublicKey.Parse(Key))], store + "/overlays", pc => $"/ssh/{pc}.d", pc => $"/ssh/{pc}.conf"));

    [Fact]
    public void With_logins_a_PC_without_a_secret_has_no_module_and_there_is_none_for_all()
    {
        var settings = ServerSettings.Parse("[rsyncd]\nauth = true\n", "server.toml");
        var pcs = EnrolledPcs.None with { Secrets = new HashSet<string> { "pc1" } };

        var modules = ServerModules.Decide(settings, ["f18", "sl6"], [], Hosts, pcs).Modules;

        Assert.Equal(["image-f18", "pc-pc1", "report-pc1"], modules.Select(m => m.Name));
        Assert.All(modules, m => Assert.Equal(["pc1"], m.AuthUsers));
    }

    [Theory]
    [InlineData("rsync  version 3.2.7  protocol version 31", "rsync True")]
    [InlineData("rsync  version v3.5.0  protocol version 32", "")]
    [InlineData("rsync  version 3.1.3  protocol version 31", "rsync False")]
    [InlineData("busybox", "rsync False")]
    public void An_old_rsync_is_found(string said, string expected) =>
        Assert.Equal(expected, string.Join(' ', RsyncVersion.Look(said).Select(f => $"{f.Rule} {f.IsAdvice}")));

    [Theory]
    [InlineData("10.0.0.0/8", 0)]
    [InlineData("fd00::/8", 0)]
    [InlineData("::1", 0)]
    [InlineData("0.0.0.0/0", 1)]
    [InlineData("*", 1)]
    [InlineData("::/0", 1)]
    public void A_network_that_is_the_world_is_found(string network, int findings) =>
        Assert.Equal(findings, OpenModules.Look("", "/etc/rsyncd.conf", "/srv/allie", [network]).Count());

    [Theory]
    [InlineData("Host key verification failed.", "not the server")]
    [InlineData("root@10.0.0.1: Permission denied (publickey).", "does not know")]
    [InlineData("ssh: connect to host 10.0.0.1 port 22: Connection refused", null)]
    [InlineData("rsync: [sender] send_files failed to open \"/overlays/all/etc/y\" (in pc): Permission denied (13)", null)]
    public void What_ssh_says_is_a_clear_no_or_none(string said, string? why)
    {
        var refusal = Allie.Rsync.RsyncExit.SshRefusal(said);

        Assert.Equal(why is not null, refusal is not null);
        Assert.Contains(why ?? "", refusal?.Why ?? "");
    }
}
