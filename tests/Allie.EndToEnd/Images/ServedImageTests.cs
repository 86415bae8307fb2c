using System.Diagnostics;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Images;

/// <summary>What PCs get while the server works: real rsyncd with the generated modules, in a network of its own; and captures over real ssh.</summary>
[Collection("loop devices")]
public sealed class ServedImageTests : IDisposable
{
    private readonly Store _store;

    public ServedImageTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: network namespace, rsyncd modules");
        _store = new();
    }

    public void Dispose() => _store?.Dispose();

    /// <summary>Every file of a generation holds its number; a pull with two numbers is torn.</summary>
    [Fact]
    public void No_pull_of_200_is_torn_while_generations_are_published_in_a_loop()
    {
        Shell.Run($"cd {_store.At("system")}/usr; mkdir many; for n in $(seq 400); do echo 1 >many/$n; done");
        _store.Publish();
        _store.Ok("server", "conf");
        File.WriteAllText(_store.At("loop.sh"), $$"""
            set -euo pipefail
            ip link set lo up
            rsync --daemon --no-detach --port=8730 --config={{_store.At("rsyncd.conf")}} & daemon=$!
            trap 'kill $daemon; wait' EXIT
            for try in $(seq 5000); do if rsync rsync://127.0.0.1:8730/ >/dev/null 2>&1; then break; fi; [ $try -lt 5000 ]; done
            pull() {
              for n in $(seq 25); do
                begun=$(date +%s%N)
                rsync -a rsync://127.0.0.1:8730/image-img/usr/many/ {{_store.At("pull")}}$1.$n/
                echo "$begun $(date +%s%N)" >>{{_store.At("spans")}}.$1
                cat {{_store.At("pull")}}$1.$n/* | sort -u >{{_store.At("seen")}}.$1.$n
                [ "$(ls {{_store.At("pull")}}$1.$n | wc -l)" = 400 ]
                rm -r {{_store.At("pull")}}$1.$n
              done
            }
            pulls=()
            for client in 1 2 3 4 5 6 7 8; do pull $client & pulls+=($!); done
            published=1
            while kill -0 "${pulls[@]}" 2>/dev/null || [ $published -lt 4 ]; do
              published=$((published + 1))
              {{Binary.Path}} image edit img --config {{_store.At("server.toml")}} -- true 2>/dev/null
              for n in $(seq 400); do echo $published >{{_store.Images}}/.work/img/usr/many/$n; done
              {{Binary.Path}} image publish img -y --config {{_store.At("server.toml")}} >/dev/null 2>&1
              find {{_store.Images}}/img -maxdepth 0 -printf '%T@\n' | tr -d . | cut -c1-19 >>{{_store.At("switches")}}
            done
            for pull in "${pulls[@]}"; do wait $pull; done
            echo "$published $(cat {{_store.At("seen")}}.* | sort -u | wc -l)"
            """);

        var said = Shell.Run($"unshare -n -p -f --kill-child=KILL bash {_store.At("loop.sh")}").Split('\n')[^1].Split(' ');

        var torn = Directory.GetFiles(_store.At(""), "seen.*").Select(f => File.ReadAllLines(f).Length).ToList();
        Assert.Equal(200, torn.Count);
        Assert.All(torn, generations => Assert.Equal(1, generations));
        var switches = File.ReadAllLines(_store.At("switches")).Select(long.Parse).ToList();
        var straddling = Directory.GetFiles(_store.At(""), "spans.*").SelectMany(File.ReadAllLines).Select(l => l.Split(' ').Select(long.Parse).ToList())
            .Count(span => switches.Any(at => at > span[0] && at < span[1]));
        Assert.True(straddling > 5, $"only {straddling} of 200 pulls were under way at one of {switches.Count} switches");
        Assert.True(int.Parse(said[1]) > 1, $"{said[0]} were published, and all pulls saw the same one");
    }

    [Fact]
    public void A_directory_is_captured_over_ssh_with_no_service_and_a_stranger_s_host_key_gets_nothing()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/sshd"), "needs openssh-server");
        Ssh();
        Shell.Run($"cd {_store.At("system")}; setcap cap_net_raw+ep usr/bin/busybox; setfacl -m u:7:r etc/motd; ln etc/motd etc/motd2; mknod usr/node c 1 3; truncate -s 1M usr/hole; ln -s ../../../../etc/shadow usr/esc; printf x >\"usr/$(printf 'n\\nl\\377')\"");

        var (code, output, errors) = Capture("ssh -F " + _store.At("ssh_config"));

        Assert.True(code == 0, output + errors);
        Assert.Equal(Manifest(_store.At("system")), Manifest(_store.Images + "/.work/img"));
        _store.Ok("image", "publish", "img", "-y");
        Assert.Equal("700 0", Shell.Run($"stat -c '%a %u' {_store.At("store")}"));
        Shell.Run($"ssh-keygen -q -t ed25519 -N '' -f {_store.At("other")}; sed \"s#^pc .*#pc $(cut -d' ' -f1,2 {_store.At("other")}.pub)#\" -i {_store.At("known")}");
        Assert.Equal(1, Capture("ssh -F " + _store.At("ssh_config")).ExitCode);
        Assert.False(Directory.Exists(_store.Images + "/.work/img"));
    }

    [Fact]
    public void A_boot_file_system_of_the_offered_system_comes_with_it()
    {
        using var golden = new Golden();
        Shell.Run($$"""
            cd {{golden.At("")}}; truncate -s 16M boot.img; mkfs.ext4 -q -L golden-boot boot.img; mkdir -p mnt boot
            exec 9>/run/lock/allie-test-loop; flock 9; losetup -f --show boot.img >boot.loop
            unshare -m bash -euc 'mount {{golden.Device}} mnt; mkdir mnt/boot; echo "UUID=$(blkid -p -o value -s UUID $(cat boot.loop)) /boot ext4 defaults 0 2" >>mnt/etc/fstab; mount $(cat boot.loop) mnt/boot; echo kernel >mnt/boot/vmlinuz-1; umount mnt/boot mnt'
            """);
        try
        {
            var (offer, said) = golden.Offer(18733, "--password-file", golden.At("password"));
            Assert.Contains("/boot (/dev/loop", said[0]);

            var capture = golden.Capture(18733);

            Assert.True(capture.ExitCode == 0, capture.Errors);
            Assert.True(offer.WaitForExit(300_000), "the offer did not end");
            Assert.Equal("kernel", File.ReadAllText(golden.WorkTree + "/boot/vmlinuz-1").Trim());
            golden.AssertNothingLeft(18733);
        }
        finally
        {
            Shell.Run($"losetup -d $(cat {golden.At("boot.loop")})");
        }
    }

    private (int ExitCode, string Output, string Errors) Capture(string shell)
    {
        var start = new ProcessStartInfo(Binary.Path, ["image", "capture", "root@pc", "img", "--ssh", "--root", _store.At("system"), "--config", _store.At("server.toml")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.Environment["RSYNC_RSH"] = shell;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    /// <summary>A real sshd without a port: started for the one connection by the client's ProxyCommand.</summary>
    private void Ssh() => Shell.Run($$"""
        cd {{_store.At("")}}; mkdir -p -m 755 /run/sshd
        ssh-keygen -q -t ed25519 -N '' -f host; ssh-keygen -q -t ed25519 -N '' -f user; cp user.pub keys; echo "pc $(cut -d' ' -f1,2 host.pub)" >known
        printf 'HostKey %s\nAuthorizedKeysFile %s\nStrictModes no\nUsePAM no\nPidFile none\nPermitRootLogin prohibit-password\nSetEnv HOME=%s\n' "$PWD/host" "$PWD/keys" "$PWD" >sshd_config
        printf 'Host pc\n ProxyCommand /usr/sbin/sshd -i -f %s\n IdentityFile %s\n UserKnownHostsFile %s\n GlobalKnownHostsFile /dev/null\n BatchMode yes\n StrictHostKeyChecking yes\n' "$PWD/sshd_config" "$PWD/user" "$PWD/known" >ssh_config
        """);

    /// <summary>Without what a capture leaves out: what is in /proc, /sys, /dev, /run and /tmp, which are empty in this system.</summary>
    private static string Manifest(string tree) => Shell.Run(
        $"cd {tree}; find . -printf '%p %y %m %U %G %T@ %n %l\\n' | sort; find . -type f -print0 | sort -z | xargs -0 md5sum; getfattr -R -h -d -m - . 2>/dev/null | sort; du -k usr/hole");
}
