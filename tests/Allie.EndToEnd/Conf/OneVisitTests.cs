using Allie.EndToEnd.Prep;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Conf;

/// <summary>The hourly run of a PC with three images, two of them in slots: one connection for the layers of all, by the modules that `server conf` writes.</summary>
[Collection("loop devices")]
public sealed class OneVisitTests : IDisposable
{
    private readonly TrialPc _pc = new();

    private string Server => Path.GetDirectoryName(_pc.Server.Tree)!;

    private string Pc => Path.GetDirectoryName(_pc.State)!;

    public OneVisitTests()
    {
        // The running system's state is a directory of the test's; what it applies to is a directory too, never this machine.
        _pc.Settings($"conf = \"{Pc}/conf\"\n[pc]\nname = \"pc1\"\n");
        Shell.Run($$"""
            sed -i 's|^state = .*|state = "/var/lib/allie"|; s|^stamp = .*|stamp = "/var/lib/allie/image"|' {{Pc}}/allie.toml
            mkdir -p {{_pc.State}} {{Pc}}/conf {{Pc}}/root/{etc,var/lib/allie}
            echo 'name = "run"' | tee {{_pc.State}}/image >{{Pc}}/root/var/lib/allie/image
            printf '#!/bin/sh\nexec {{Binary.Path}} apply --root {{Pc}}/root\n' >{{Pc}}/conf/00overlay
            chmod 755 {{Pc}}/conf/00overlay
            for slot in {{_pc.Disk.SlotA}}=deb13 {{_pc.Disk.SlotB}}=f44; do
              mkfs.ext4 -q -L ${slot#*=} ${slot%=*}
              image=${slot#*=} unshare -m --propagation private bash -euc "mount ${slot%=*} /mnt; cd /mnt; mkdir -p etc usr var/lib/allie; printf 'name = \"%s\"\ngeneration = 1\n' \$image >var/lib/allie/image; echo \"LABEL=\$image / ext4 defaults 0 1\" >etc/fstab"
            done
            cd {{Server}}
            mkdir -p images overlays/{all,run,deb13,f44,group/g/f44,host/pc1/deb13,host/pc1/all}/etc
            for layer in all run deb13 f44 group/g/f44 host/pc1/deb13 host/pc1/all; do echo 1 >overlays/$layer/etc/$(tr / - <<<$layer); done
            echo 'pc1 groups=g images=run,deb13,f44 addr=127.0.0.1' >hosts
            printf 'store = "%s"\n[rsyncd]\nconf = "%s/rsyncd.conf"\n' $PWD $PWD >server.toml
            rm rsyncd.conf
            """);
        _pc.Under = ["bash", "-euc", $"mkdir /var/lib/allie; mount --bind {_pc.State} /var/lib/allie; exec \"$@\"", "pc"];
        Serve();
    }

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void All_images_get_their_own_layers_by_one_connection_beside_the_reports()
    {
        Assert.Equal((0, ""), Run());
        AssertHave("1");
        Forget();
        Assert.Equal((0, ""), Run());
        Assert.Equal("pc-pc1 1\nreport-pc1 1", Connections());

        Shell.Run($"cd {Server}/overlays; for file in */etc/* */*/*/etc/*; do echo 2 >$file; done");
        Assert.Equal((0, ""), Run());
        AssertHave("2");
        Assert.Equal("600", Shell.Run($"stat -c %a {_pc.State}/apply.log").Trim());
        Shell.Run($"cmp {_pc.State}/apply.log {Server}/reports/pc1/apply.log; grep -q '^  install /etc/deb13 (layer deb13): ' {_pc.State}/apply.log");
        Assert.Contains($"log of its last run: {Server}/reports/pc1/apply.log", Binary.Run("host", "show", "pc1", "--config", Server + "/server.toml").Output, StringComparison.Ordinal);
        Assert.Equal(["deb13 generation 1 in slot a: changed", "f44 generation 1 in slot b: changed"], Shell.Run($"grep -oE '[a-z0-9]+ generation .*' {_pc.State}/apply.log | grep slot").Trim().Split('\n'));
    }

    [Fact]
    public void An_image_that_the_hosts_line_lacks_gets_its_layers_too()
    {
        Shell.Run($"echo 'pc1 groups=g images=run addr=127.0.0.1' >{Server}/hosts; rm {Server}/rsyncd.conf");
        _pc.Server.Kill();
        Serve();

        Assert.Equal((0, ""), Run());
        AssertHave("1");
        Forget();
        Assert.Equal((0, ""), Run());
        Assert.Equal("pc-pc1 1\nreport-pc1 1", Connections());
    }

    [Fact]
    public void Without_a_server_it_says_so_with_5_and_every_image_stays_as_it_is()
    {
        Assert.Equal((0, ""), Run());
        var slots = (TrialPc.Sum(_pc.Disk.SlotA), TrialPc.Sum(_pc.Disk.SlotB));
        _pc.Server.Kill();

        var (code, errors) = Run();

        Assert.Equal(5, code);
        Assert.Contains("cannot fetch pc-pc1 from 127.0.0.1", errors, StringComparison.Ordinal);
        Assert.Equal(slots, (TrialPc.Sum(_pc.Disk.SlotA), TrialPc.Sum(_pc.Disk.SlotB)));
        AssertHave("1");
    }

    [Fact]
    public void A_refused_host_layer_stays_as_each_image_has_it_and_the_others_go_on()
    {
        Assert.Equal((0, ""), Run());
        _pc.Server.Kill();
        Shell.Run($"sed -i 's/hosts allow = 127.0.0.1/hosts allow = 10.9.9.9/' {Server}/rsyncd.conf; cd {Server}/overlays; for file in */etc/* */*/*/etc/*; do echo 2 >$file; done");
        _pc.Server.Start();

        var (code, errors) = Run();

        Assert.Equal(0, code);
        Assert.Contains("pc-pc1", errors, StringComparison.Ordinal);
        AssertHave("2", ofHost: "1");
    }

    [Fact]
    public void What_the_server_cannot_read_is_named_for_each_image_and_left_and_all_else_is_applied()
    {
        Assert.Equal((0, ""), Run());
        _pc.Server.Kill();
        Shell.Run($"sed -i '/^\\[pc-pc1\\]/,$ s/uid = root/uid = nobody/' {Server}/rsyncd.conf; cd {Server}; chmod a+rx . overlays; cd overlays; for file in */etc/* */*/*/etc/*; do echo 2 >$file; done; chmod 600 all/etc/all deb13/etc/deb13");
        _pc.Server.Start();

        var (code, errors) = Run();

        Assert.Equal(1, code);
        Shell.Run($"grep -q 'left as it is: /etc/all (layer all): the server could not read it' {_pc.State}/conf/00overlay.log");
        Assert.Equal(2, errors.Split('\n').Count(l => l.Contains("left as it is: /etc/all (layer all): the server could not read it: Permission denied (13)", StringComparison.Ordinal)));
        Assert.Equal(1, errors.Split('\n').Count(l => l.Contains("left as it is: /etc/deb13 (layer deb13): the server could not read it", StringComparison.Ordinal)));
        Assert.Equal("1 1 2 1 2 1 2 2", Shell.Run($"echo {TrialPc.InSlot(_pc.Disk.SlotA, "cd etc; echo $(cat all deb13 host-pc1-all)")} {TrialPc.InSlot(_pc.Disk.SlotB, "cd etc; echo $(cat all f44)")} $(cd {Pc}/root/etc; cat all host-pc1-all run)").Trim());

        Shell.Run($"cd {Server}/overlays; chmod 644 all/etc/all deb13/etc/deb13");
        Assert.Equal((0, ""), Run());
        AssertHave("2");
    }

    [Fact]
    public void What_a_package_left_beside_an_overlay_file_is_in_the_report_and_lint_says_it_of_the_pc()
    {
        Assert.Equal((0, ""), Run());
        Shell.Run($"unshare -m --propagation private bash -euc 'mount {_pc.Disk.SlotA} /mnt; touch /mnt/etc/deb13.dpkg-dist /mnt/etc/other.rpmnew'");

        Assert.Equal((0, ""), Run());

        Assert.Equal("/etc/deb13.dpkg-dist", Shell.Run($"jq -r '.images[] | select(.name == \"deb13\").new_defaults[]' {Server}/reports/pc1/report.json").Trim());
        var (code, output, errors) = Binary.Run("overlay", "lint", "--host", "pc1", "--config", Server + "/server.toml");
        Assert.Contains("note: deb13/etc/deb13: pc1 has /etc/deb13.dpkg-dist in its image deb13: a package brought a new default; does this file still fit? [new-default]", output, StringComparison.Ordinal);
        Assert.DoesNotContain("other.rpmnew", output, StringComparison.Ordinal);
        Assert.Equal("", errors);
        Assert.Equal(2, Binary.Run("overlay", "lint", "--host", "pc77", "--config", Server + "/server.toml").ExitCode);
        Assert.True(code is 0 or 3, output);
    }

    private void Serve()
    {
        Shell.Run($"cd {Server}; {Binary.Path} server conf -y --config server.toml >conf.log 2>&1 || {{ cat conf.log; exit 1; }}; sed -i 's|/run/allie|{Server}/rsyncd|; 1i log file = {Server}/rsyncd.log' rsyncd.conf");
        _pc.Server.Start();
    }

    private (int ExitCode, string Errors) Run() => _pc.Allie("imageconf") is var run ? (run.ExitCode, run.Errors) : default;

    private void Forget() => Shell.Run($": >{Server}/rsyncd.log");

    /// <summary>By module, as rsyncd counted them.</summary>
    private string Connections() => Shell.Run($"grep -oE 'rsync (on|to) [^/]*/' {Server}/rsyncd.log | sed -E 's|rsync (on\\|to) ||; s|/||' | sort | uniq -c | awk '{{ print $2, $1 }}'").Trim();

    private void AssertHave(string value, string? ofHost = null)
    {
        const string Look = "cd etc; for file in *; do [ $file = fstab ] || echo $file $(cat $file); done";
        ofHost ??= value;
        Assert.Equal($"all {value}\ndeb13 {value}\nhost-pc1-all {ofHost}\nhost-pc1-deb13 {ofHost}", TrialPc.InSlot(_pc.Disk.SlotA, Look));
        Assert.Equal($"all {value}\nf44 {value}\ngroup-g-f44 {value}\nhost-pc1-all {ofHost}", TrialPc.InSlot(_pc.Disk.SlotB, Look));
        Assert.Equal($"all {value}\nhost-pc1-all {ofHost}\nrun {value}", Shell.Run($"cd {Pc}/root; {Look}").Trim());
    }
}
