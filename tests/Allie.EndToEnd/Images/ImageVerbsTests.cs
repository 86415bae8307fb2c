using System.Diagnostics;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Images;

/// <summary>Life of an image on the server with the published binary: import, edit, diff, publish, verify, roll back, hold, prune, mirror.</summary>
public sealed class ImageVerbsTests : IDisposable
{
    private readonly Store _store;

    public ImageVerbsTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        _store = new();
    }

    public void Dispose() => _store?.Dispose();

    [Fact]
    public void An_edit_is_a_room_without_disks_and_leaves_no_mount_and_no_process_and_PCs_see_it_after_publish()
    {
        _store.Publish();

        var said = _store.Ok("image", "edit", "img", "--", "sh", "-c", "ls /dev; cat /proc/1/comm; echo two >/etc/motd; (sleep 300 &) ; : >/tmp/gone; : >/run/gone");

        Assert.DoesNotContain("vd", said);
        Assert.DoesNotContain("loop", said);
        Assert.Contains("null", said);
        Assert.Equal("", Shell.Run($"cd {_store.Images}/.work/img; find tmp run dev proc sys -mindepth 1"));
        Assert.Equal("", Shell.Run($"grep -l '{_store.Images}' /proc/[0-9]*/mountinfo 2>/dev/null || true"));
        Assert.Equal("one", File.ReadAllText(_store.Images + "/img/etc/motd").Trim());
        _store.Ok("image", "publish", "img", "-y");
        Assert.Equal("two", File.ReadAllText(_store.Images + "/img/etc/motd").Trim());
        Assert.Equal("one", File.ReadAllText(_store.Images + "/.generations/img/1/etc/motd").Trim());
    }

    [Fact]
    public void The_exit_code_of_a_command_in_the_room_is_that_of_edit_and_a_second_edit_is_busy()
    {
        _store.Publish();
        Assert.Equal(7, _store.Run("image", "edit", "img", "--", "sh", "-c", "exit 7").ExitCode);
        using var first = Shell.Start(Binary.Path, "image", "edit", "img", "--config", _store.At("server.toml"), "--", "sh", "-c", "echo there; cat");
        Assert.Equal("there", first.StandardOutput.ReadLine());

        Assert.Contains("in use by", _store.Refused(4, "image", "publish", "img", "-y"));

        first.StandardInput.Close();
        first.WaitForExit();
        Assert.Equal(0, first.ExitCode);
    }

    [Fact]
    public void An_edit_that_is_killed_leaves_no_mount_and_no_process()
    {
        _store.Publish();
        using var edit = Shell.Start(Binary.Path, "image", "edit", "img", "--config", _store.At("server.toml"), "--", "sh", "-c", "echo there; exec cat");
        Assert.Equal("there", edit.StandardOutput.ReadLine());

        edit.Kill();
        edit.WaitForExit();

        Golden.WaitFor(() => Shell.Run($"grep -l '{_store.Images}' /proc/[0-9]*/mountinfo 2>/dev/null || true") == "", "no namespace has a mount in the store");
        Assert.Equal(0, _store.Run("image", "publish", "img", "-y").ExitCode);
    }

    [Fact]
    public void Diff_tells_packages_configuration_set_id_capabilities_and_kernels()
    {
        _store.Publish();
        _store.Edit("""
            echo two >etc/motd; chmod 4755 usr/bin/busybox; setcap cap_net_raw+ep usr/bin/busybox; mkdir lib/modules/6.2.0
            sed -i 's/^Version: 1$/Version: 2/' var/lib/dpkg/status; printf 'Package: c\nStatus: install ok installed\nVersion: 1:3\n\n' >>var/lib/dpkg/status
            """);

        var (code, text, _) = _store.Run("image", "diff", "img");

        Assert.Equal(3, code);
        Assert.Contains("~ a:amd64 1 -> 2", text);
        Assert.Contains("+ c 1:3", text);
        Assert.DoesNotContain(" b ", text);
        Assert.Contains("~ 6.1.0 -> 6.1.0, 6.2.0", text);
        Assert.Contains("~ /usr/bin/busybox 755 -> 4755", text);
        Assert.Contains("capabilities:\n  ~ /usr/bin/busybox none -> ", text);
        Assert.Contains("configuration:\n  ~ /etc/motd (content)", text);
        _store.Ok("image", "publish", "img", "-y");
        Assert.Equal("true", Shell.Run($"{Binary.Path} image diff img@1 img@2 --json --config {_store.At("server.toml")} | jq '.kernels.changed' || true").Split('\n')[0]);
        Assert.Equal(0, _store.Run("image", "diff", "img@1", "img@1").ExitCode);
    }

    [Fact]
    public void An_rpm_database_is_read_by_rpm_or_it_is_said_that_it_cannot_be()
    {
        Shell.Run($"mkdir -p {_store.At("system")}/var/lib/rpm; rm -r {_store.At("system")}/var/lib/dpkg; echo rubbish >{_store.At("system")}/var/lib/rpm/rpmdb.sqlite");
        _store.Publish();
        _store.Edit("echo x >etc/x");

        var (code, text, _) = _store.Run("image", "diff", "img");

        Assert.Equal(3, code);
        Assert.Contains("packages: not known: ", text);
        Assert.Equal("rpmdb.sqlite", Shell.Run($"ls {_store.Images}/img/var/lib/rpm"));
    }

    [Fact]
    public void Verify_finds_a_rotten_byte_and_rollback_gives_the_older_generation_and_a_held_image_stays()
    {
        _store.Publish();
        _store.Edit("echo two >etc/motd");
        _store.Ok("image", "publish", "img", "-y");
        _store.Ok("image", "verify", "img", "--all");
        Shell.Run($"cd {_store.Images}/img/etc; t=$(stat -c %y motd); printf T | dd of=motd conv=notrunc status=none; touch -d \"$t\" motd");

        var (code, output, errors) = _store.Run("image", "verify", "img");

        Assert.Equal((1, "changed  /etc/motd\n"), (code, output));
        Assert.Contains("rollback", errors);
        Assert.Equal(2, _store.Run("image", "rollback", "img").ExitCode); // no terminal, no -y
        Assert.Equal(3, _store.Run("image", "rollback", "img", "-n").ExitCode);
        _store.Ok("image", "rollback", "img", "-y");
        Assert.Equal("one", File.ReadAllText(_store.Images + "/img/etc/motd").Trim());
        _store.Ok("image", "hold", "img", "exam");
        Assert.Contains("exam", _store.Refused(2, "image", "rollback", "img", "--to", "2", "-y"));
        _store.Edit("echo three >etc/motd");
        Assert.Contains("stays current", _store.Ok("image", "publish", "img", "-y"));
        Assert.Equal("one", File.ReadAllText(_store.Images + "/img/etc/motd").Trim());
        _store.Ok("image", "release", "img");
        Assert.Equal("three", File.ReadAllText(_store.Images + "/img/etc/motd").Trim());
    }

    [Fact]
    public void Prune_keeps_what_is_current_tagged_newest_or_on_a_PC_and_remove_refuses_what_is_in_use()
    {
        _store.Publish();
        for (var i = 2; i <= 6; i++)
        {
            _store.Edit($"echo {i} >etc/motd");
            _store.Ok("image", "publish", "img", "-y");
        }

        _store.Ok("image", "tag", "img", "2", "stable");
        _store.Ok("image", "rollback", "img", "--to", "3", "-y");
        Shell.Run($"mkdir -p {_store.At("store/reports/pc1")}; echo '{{\"image\":\"img\",\"generation\":4}}' >{_store.At("store/reports/pc1/report.json")}; mkdir {_store.At("store/reports/pc2")}; echo x >{_store.At("store/reports/pc2/report.json")}");

        Assert.Contains("pc2", _store.Run("image", "prune", "--keep", "1", "-y").Errors);
        Assert.Equal(6, Directory.GetFiles(_store.Images + "/.generations/img", "*.catalogue").Length);
        Shell.Run($"rm -r {_store.At("store/reports/pc2")}");
        Assert.Equal(3, _store.Run("image", "prune", "--keep", "1", "-n").ExitCode);
        _store.Ok("image", "prune", "--keep", "1", "-y");

        Assert.Equal("2 3 4 6", Shell.Run($"ls {_store.Images}/.generations/img | grep -v catalogue | tr '\\n' ' '").Trim());
        Assert.Contains("PC pc1 has it", _store.Refused(2, "image", "remove", "img@4", "-y"));
        Assert.Contains("PC pc1 has it", _store.Refused(2, "image", "remove", "img", "-y"));
        Shell.Run($"rm -r {_store.At("store/reports/pc1")}");
        _store.Ok("image", "remove", "img", "-y");
        Assert.Equal("", Shell.Run($"ls {_store.Images}; ls {_store.Images}/.generations {_store.Images}/.work"  + " | grep -v : || true"));
    }

    [Fact]
    public void A_publish_killed_at_any_moment_leaves_a_whole_current_and_the_next_one_completes()
    {
        _store.Publish();
        _store.Edit("mkdir -p usr/many; for n in $(seq 300); do echo first $n >usr/many/$n; done");
        var length = Stopwatch.StartNew();
        _store.Ok("image", "publish", "img", "-y");
        length.Stop();
        var random = new Random(7);
        var killed = 0;
        for (var round = 0; round < 12; round++)
        {
            _store.Edit($"echo {round} >etc/motd; mkdir -p usr/many; for n in $(seq 300); do echo {round} $n >usr/many/$n; done");
            using (var publish = Shell.Start(Binary.Path, "image", "publish", "img", "-y", "--config", _store.At("server.toml")))
            {
                if (!publish.WaitForExit(length.Elapsed * random.NextDouble()))
                {
                    publish.Kill();
                    publish.WaitForExit();
                }

                killed += publish.ExitCode == 137 ? 1 : 0;
            }

            _store.Ok("image", "verify", "img");
            if (File.Exists(_store.Images + "/.work/.img.publish") || Directory.Exists(_store.Images + "/.work/img"))
            {
                _store.Ok("image", "publish", "img", "-y");
            }

            Assert.Equal($"{round}", File.ReadAllText(_store.Images + "/img/etc/motd").Trim());
            Assert.Equal("300", Shell.Run($"cat {_store.Images}/img/usr/many/* | grep -c '^{round} '"));
            _store.Ok("image", "verify", "img");
        }

        Assert.True(killed > 2, $"only {killed} of 12 were killed in the middle");
    }

    [Fact]
    public void A_mirror_has_what_the_other_has_only_when_it_is_whole_and_an_emptied_source_takes_nothing_away()
    {
        _store.Publish();
        _store.Edit("echo two >etc/motd");
        _store.Ok("image", "publish", "img", "-y");
        _store.Ok("image", "tag", "img", "1", "stable");
        Shell.Run($"echo x >{_store.At("store/overlays/all/x")}; echo 'pc1 images=img' >{_store.At("store/hosts")}");
        using var second = new Store();

        Assert.Equal(3, second.Run("server", "mirror", _store.At("store"), "-n").ExitCode);
        second.Ok("server", "mirror", _store.At("store"));

        Assert.Equal("two", File.ReadAllText(second.Images + "/img/etc/motd").Trim());
        Assert.Equal(Shell.Run($"stat -c %h {_store.Images}/img/usr/bin/busybox"), Shell.Run($"stat -c %h {second.Images}/img/usr/bin/busybox"));
        second.Ok("image", "verify", "img", "--all");
        Assert.Equal("pc1 images=img", File.ReadAllText(second.At("store/hosts")).Trim());
        Assert.True(File.Exists(second.At("store/overlays/all/x")));
        Assert.Equal(0, second.Run("server", "mirror", _store.At("store"), "-n").ExitCode);

        _store.Edit("echo three >etc/motd");
        _store.Ok("image", "publish", "img", "-y");
        Shell.Run($"printf T | dd of={_store.Images}/img/etc/motd conv=notrunc status=none");
        Assert.Contains("/etc/motd is changed", second.Refused(1, "server", "mirror", _store.At("store")));
        Assert.Equal("two", File.ReadAllText(second.Images + "/img/etc/motd").Trim());

        Shell.Run($"rm -r {_store.Images}/img; mv {_store.Images}/.generations {_store.At("away")}");
        Assert.Contains("no published image", second.Refused(1, "server", "mirror", _store.At("store")));
        Assert.Equal("two", File.ReadAllText(second.Images + "/img/etc/motd").Trim());
    }
}
