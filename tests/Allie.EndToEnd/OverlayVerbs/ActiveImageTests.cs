using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.OverlayVerbs;

/// <summary>What only the running image does, tried in a root of its own: chroot in a private mount namespace.</summary>
public sealed class ActiveImageTests
{
    private const string Chroot =
        """
        mkdir -p r/usr r/proc r/dev r/etc r/var/lib r/run r/layer/etc/cron.d r/root/conf/on-change/etc/ssh r/root/conf/check/etc
        for l in bin lib lib64 sbin; do ln -s usr/$l r/$l; done; touch r/dev/null r/dev/urandom
        cat >in <<'X'
        mount --rbind /usr r/usr; mount -t proc proc r/proc; for d in null urandom; do mount --bind /dev/$d r/dev/$d; done; exec chroot r /allie "$@"
        X
        sed -i 's/^ *//' in

        """;

    public ActiveImageTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void Scripts_of_on_change_run_for_what_changed_and_one_that_fails_is_tried_again()
    {
        using var box = new OverlayBox(Chroot + $"cp {Binary.Path} r/allie\n" +
            """
            cat >r/root/conf/on-change/etc/cron.d <<'X'
            #!/bin/sh
            echo ran >>/cron.log; test -e /ok
            X
            printf '#!/bin/sh\necho no >>/no.log\n' >r/root/conf/on-change/etc/ssh/other; chmod -R 755 r/root/conf/on-change
            echo x >r/layer/etc/cron.d/a; echo y >r/layer/etc/cron.d/b
            """);

        var first = In(box, "apply", "--layer", "/layer");
        var second = In(box, "apply", "--layer", "/layer");
        box.Sh("touch r/ok");
        var third = In(box, "apply", "--layer", "/layer");
        var fourth = In(box, "apply", "--layer", "/layer");

        Assert.Equal((1, 1, 0, 0), (first.ExitCode, second.ExitCode, third.ExitCode, fourth.ExitCode));
        Assert.Contains("on-change/etc/cron.d failed with exit code 1 and is tried again", first.Errors, StringComparison.Ordinal);
        Assert.Equal("ran ran ran", box.Sh("echo $(cat r/cron.log); test ! -e r/no.log; test ! -e r/var/lib/allie/on-change.pending"));
        box.Sh("rm r/layer/etc/cron.d/a");
        Assert.Equal(0, In(box, "apply", "--layer", "/layer").ExitCode);
        Assert.Equal("4", box.Sh("wc -l <r/cron.log"));
    }

    [Fact]
    public void A_file_that_its_check_refuses_is_not_installed_and_all_others_are()
    {
        using var box = new OverlayBox(Chroot + $"cp {Binary.Path} r/allie\n" +
            """
            printf '#!/bin/sh\ngrep -q good "$1" || { echo "line 1: bad"; exit 1; }\n' >r/root/conf/check/etc/sudoers; chmod 755 r/root/conf/check/etc/sudoers
            echo old >r/etc/sudoers; echo bad >r/layer/etc/sudoers; echo y >r/layer/etc/y
            """);

        var (code, _, errors) = In(box, "apply", "--layer", "/layer");

        Assert.Equal(1, code);
        Assert.Contains("/root/conf/check/etc/sudoers refuses the new file (exit 1: line 1: bad)", errors, StringComparison.Ordinal);
        Assert.Equal("old y", box.Sh("echo $(cat r/etc/sudoers r/etc/y)"));
        Assert.Equal("cron.d sudoers y", box.Sh("echo $(ls -A r/etc)"));
        box.Sh("echo good >r/layer/etc/sudoers");
        Assert.Equal(0, In(box, "apply", "--layer", "/layer").ExitCode);
        Assert.Equal("good", box.Sh("cat r/etc/sudoers"));
    }

    [Fact]
    public void A_check_that_comes_with_the_file_it_is_for_counts_in_the_same_run()
    {
        using var box = new OverlayBox(Chroot + $"cp {Binary.Path} r/allie\n" +
            """
            rm -r r/root/conf/check; mkdir -p r/layer/root/conf/check/etc; echo old >r/etc/a; echo bad | tee r/layer/etc/a >r/layer/etc/b
            printf '#!/bin/sh\ngrep -q good "$1"\n' | tee r/layer/root/conf/check/etc/a >r/layer/root/conf/check/etc/b; chmod 755 r/layer/root/conf/check/etc/?
            """);

        var (code, _, errors) = In(box, "apply", "--layer", "/layer");

        Assert.Equal(1, code);
        Assert.Contains("/root/conf/check/etc/a refuses the new file", errors, StringComparison.Ordinal);
        Assert.Equal("old a b", box.Sh("echo $(cat r/etc/a; ls r/root/conf/check/etc); test ! -e r/etc/b"));
        box.Sh("echo good | tee r/layer/etc/a >r/layer/etc/b");
        Assert.Equal(0, In(box, "apply", "--layer", "/layer").ExitCode);
        Assert.Equal("good good", box.Sh("echo $(cat r/etc/a r/etc/b)"));
    }

    [Fact]
    public void A_script_that_leaves_a_daemon_behind_does_not_hold_the_run_up_and_one_that_hangs_is_killed()
    {
        using var box = new OverlayBox(Chroot + $"cp {Binary.Path} r/allie\n" +
            """
            mkdir r/root/conf/on-change/opt; printf '[conf]\non-change-limit = "1s"\n' >r/etc/allie.toml
            printf '#!/bin/sh\nsleep 600 &\necho $! >/daemon.pid\necho up\n' >r/root/conf/on-change/etc/cron.d
            printf '#!/bin/sh\necho begun\nsleep 601\n' >r/root/conf/on-change/opt/x; chmod -R 755 r/root/conf/on-change
            mkdir r/layer/opt; echo x | tee r/layer/opt/x >r/layer/etc/cron.d/a
            """);

        var (code, _, errors) = In(box, "apply", "--layer", "/layer");

        // Its parent is not ours any more: it was left running by the script, and lives.
        Assert.Equal("sleep 600", box.Sh("xargs -0 </proc/$(cat r/daemon.pid)/cmdline; kill $(cat r/daemon.pid)"));
        Assert.Equal(1, code);
        Assert.Contains("on-change/opt/x failed", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("cron.d failed", errors, StringComparison.Ordinal);
        Assert.Equal("up on-change/etc/cron.d: exit 0 begun on-change/opt/x: exit 1", box.Sh("echo $(cat r/var/lib/allie/conf/on-change.log)"));
        Assert.Equal("", box.Sh("pgrep -fx 'sleep 601' || :"));
    }

    [Fact]
    public void Restorecon_of_the_running_image_is_called_with_what_is_new_and_with_nothing_that_was_replaced()
    {
        using var box = new OverlayBox(Chroot + $"cp {Binary.Path} r/allie\n" +
            """
            rm r/sbin; mkdir r/sbin r/layer/etc/new; printf '#!/bin/sh\necho "$@" >>/calls; tr "\\0" "\\n" >>/calls\n' >r/sbin/restorecon; chmod 755 r/sbin/restorecon
            sed -i 's|exec chroot|PATH=/sbin:$PATH exec chroot|' in
            setfattr -n security.selinux -v system_u:object_r:etc_t:s0 r/etc; echo own >r/etc/own; setfattr -n security.selinux -v system_u:object_r:own_t:s0 r/etc/own
            echo x | tee r/layer/etc/own r/layer/etc/new/f >r/layer/etc/x
            """);

        Assert.Equal(0, In(box, "apply", "--layer", "/layer").ExitCode);

        Assert.Equal("-i -0 -f -|/etc/cron.d|/etc/new|/etc/new/f|/etc/x", box.Sh("paste -sd'|' r/calls"));
        Assert.Equal("etc_t etc_t own_t", box.Sh("for f in x new/f own; do getfattr -n security.selinux --only-values r/etc/$f | cut -d: -f3; done | paste -sd' '"));
        Assert.Equal((0, "", ""), In(box, "apply", "--layer", "/layer"));
        Assert.Equal("1", box.Sh("grep -c -- -f r/calls"));
    }

    [Fact]
    public void While_disabled_the_hourly_apply_says_nothing_and_does_nothing()
    {
        using var box = new OverlayBox(Chroot + $"cp {Binary.Path} r/allie; echo y >r/layer/etc/y");
        Assert.Equal(0, In(box, "disable", "hands off").ExitCode);

        Assert.Equal((0, "", ""), Binary.Run("env", ["-C", box.Path, "ALLIE_ACTIVE=1", .. Words("apply", "--layer", "/layer")]));
        Assert.Equal(2, In(box, "apply", "--layer", "/layer").ExitCode);
        Assert.Equal("", box.Sh("ls r/etc"));
    }

    [Fact]
    public void The_hourly_run_writes_the_running_images_own_part_of_the_log_and_sends_it()
    {
        using var box = new OverlayBox(Chroot + $"cp {Binary.Path} r/allie\n" +
            """
            mkdir -p r/sys r/tmp r/etc/y srv/images srv/overlays/all/etc srv/overlays/f18/etc
            printf 'name = "f18"\ngeneration = 4\n' >r/etc/allie-image
            printf '[server]\naddress = "127.0.0.1"\n[pc]\nname = "pc1"\n' >r/etc/allie.toml
            printf '#!/bin/sh\nexec /allie apply\n' >r/root/conf/00overlay; chmod 755 r/root/conf/00overlay
            echo not-to-be-told >srv/overlays/all/etc/x; echo y >srv/overlays/f18/etc/y; echo 'pc1 addr=127.0.0.1' >srv/hosts
            printf '[rsyncd]\nconf = "%s/rsyncd.conf"\n' $PWD >>server.toml
            r/allie server conf -y --config server.toml >conf.log 2>&1; sed -i "s|/run/allie|$PWD/rsyncd|" rsyncd.conf
            cat >served <<'X'
            ip link set lo up; mount -t sysfs sys r/sys
            rsync --daemon --no-detach --config=rsyncd.conf --address=127.0.0.1 & for i in $(seq 5000); do if (: </dev/tcp/127.0.0.1/873) 2>/dev/null; then break; fi; sleep 0.02; done
            bash -e in "$@"
            X
            """);

        // A network and processes of its own: the daemon at the standard port is nobody else's, and ends with it.
        var (code, output, _) = Binary.Run("env", ["-C", box.Path, "unshare", "-m", "-n", "-p", "--fork", "--kill-child=KILL", "--propagation", "private", "bash", "-e", "served", "imageconf"]);

        Assert.Equal(1, code);
        Assert.Contains("left as it is: /etc/y (layer f18): a directory is there", output, StringComparison.Ordinal);
        Assert.Equal("install /etc/x (layer all): new", box.Sh("grep -A1 'UTC f18 generation 4: failed$' r/var/lib/allie/apply.log | tail -n 1 | sed 's/^ *//'").Trim());
        box.Sh("cmp r/var/lib/allie/apply.log srv/reports/pc1/apply.log; grep -q 'left as it is: /etc/y' srv/reports/pc1/apply.log; ! grep -q not-to-be-told srv/reports/pc1/*");
    }

    private static (int ExitCode, string Output, string Errors) In(OverlayBox box, params string[] words) => Binary.Run("env", ["-C", box.Path, .. Words(words)]);

    private static string[] Words(params string[] words) => ["unshare", "-m", "--propagation", "private", "sh", "-e", "in", .. words];
}
