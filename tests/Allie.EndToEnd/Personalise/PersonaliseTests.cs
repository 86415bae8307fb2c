using System.Text.Json.Nodes;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Personalise;

/// <summary>`personalise` as it is typed, with the published binary.</summary>
public sealed class PersonaliseTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("allie-personalise-").FullName;

    public PersonaliseTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        Shell.Run($"""
            cd {_top}
            printf '[paths]\nrun = "%s/run"\n' "$PWD" >allie.toml
            mkdir -p old/etc/ssh
            echo pc07 >old/etc/hostname; echo 0123456789abcdef0123456789abcdef >old/etc/machine-id
            printf 'LABEL=old / ext4 defaults 0 1\nLABEL=data /srv/data ext4 defaults 0 2\n' >old/etc/fstab
            for t in rsa ecdsa ed25519; do ssh-keygen -q -t $t -N '' -f old/etc/ssh/ssh_host_$t"_key"; done
            """);
        MakeImage("new");
    }

    public void Dispose() => Shell.Run($"rm -rf --one-file-system {_top}");

    [Fact]
    public void A_dry_run_lists_the_changes_and_writes_nothing_and_a_second_run_has_none()
    {
        var before = Manifest("new");

        var dry = Allie("--root", $"{_top}/new", "--from", $"{_top}/old", "-n");

        Assert.Equal((3, before), (dry.ExitCode, Manifest("new")));
        Assert.Matches(@"(?m)^copy +/etc/ssh/ssh_host_rsa_key  \(host key of this PC\)$", dry.Output);
        Assert.False(Directory.Exists($"{_top}/run"));

        var done = Allie("--root", $"{_top}/new", "--from", $"{_top}/old", "--hostname", "pc08", "--json");
        Assert.True(done.ExitCode == 0, done.Errors);
        var json = JsonNode.Parse(done.Output)!;
        Assert.Equal("changed", (string?)json["result"]);
        Assert.Contains(json["steps"]!.AsArray(), s => (string?)s!["path"] == "/etc/hostname" && (string?)s["item"] == "hostname" && (string?)s["action"] == "write");
        Assert.DoesNotContain("PRIVATE KEY", done.Output + done.Errors, StringComparison.Ordinal);
        Assert.Equal("pc08", Shell.Run($"cat {_top}/new/etc/hostname"));

        var again = Allie("--root", $"{_top}/new", "--from", $"{_top}/old", "--hostname", "pc08", "-n");
        Assert.Equal((0, ""), (again.ExitCode, again.Output));
    }

    [Fact]
    public void A_kill_at_any_rename_leaves_what_the_next_run_ends_alike()
    {
        Assert.Equal(0, Allie("--root", $"{_top}/new", "--from", $"{_top}/old").ExitCode);
        var whole = Manifest("new");
        var kills = 0;
        for (var at = 1; at <= 40; at++)
        {
            MakeImage("cut");
            var (exitCode, _, _) = Binary.Run("strace", ["-f", "-qq", "-o", "/dev/null", "-e", "trace=renameat", "-e", $"inject=renameat:signal=KILL:when={at}", Binary.Path, .. Words("--root", $"{_top}/cut", "--from", $"{_top}/old")]);
            if (exitCode == 0)
            {
                break; // beyond the last one
            }

            kills++;
            Assert.Equal(137, exitCode);
            Assert.NotEqual(whole, Manifest("cut"));

            Assert.Equal(0, Allie("--root", $"{_top}/cut", "--from", $"{_top}/old").ExitCode);
            Assert.Equal(whole, Manifest("cut"));
            Shell.Run($"rm -rf {_top}/cut");
        }

        Assert.InRange(kills, 8, 39);
    }

    [Theory]
    [InlineData("--root / --from /", "it is the running system")]
    [InlineData("--root TOP/new --from TOP/new", "are the same tree")]
    [InlineData("--root TOP/run2", "it is no directory")]
    [InlineData("--root TOP/old --from TOP/new", "it holds no system")]
    [InlineData("--root TOP/new --from TOP/old --hostname pc_07;reboot", "as a host name")]
    [InlineData("--root TOP/new --from TOP/old --label a'b", "as a label")]
    [InlineData("--from TOP/old", "--root is missing")]
    public void What_would_be_a_mistake_is_refused(string words, string said)
    {
        var before = Manifest("new") + Manifest("old");

        var (exitCode, _, errors) = Allie(words.Replace("TOP", _top).Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Equal(before, Manifest("new") + Manifest("old"));
    }

    /// <summary>Case 49 of the catalogue; in a mount namespace of its own, and the loop devices go with it.</summary>
    [Fact]
    public void A_label_that_two_file_systems_of_the_pc_have_is_refused()
    {
        var before = Manifest("old");

        var said = Shell.Run($$"""
            cd {{_top}}; truncate -s 32M a b
            for f in a b; do mkfs.ext4 -q -L lottery $f; done
            one=$(losetup -f --show a); two=$(losetup -f --show b)
            trap 'losetup -d $one $two 2>/dev/null || true' EXIT
            unshare -m --propagation private bash -c '
              mkdir mnt; mount $0 mnt; cp -a new/. mnt; "{{Binary.Path}}" personalise --config {{_top}}/allie.toml --root {{_top}}/mnt --from {{_top}}/old 2>&1; echo "exit $?"; cat mnt/etc/hostname
              losetup -d $1; e2label $0 single; "{{Binary.Path}}" personalise --config {{_top}}/allie.toml --root {{_top}}/mnt --from {{_top}}/old >/dev/null 2>&1; echo "exit $?"; cat mnt/etc/fstab' $one $two
            """);

        Assert.Contains("label lottery is on ", said);
        Assert.Contains("exit 2\nlocalhost\nexit 0\nLABEL=single / ext4", said);
        Assert.Equal(before, Manifest("old"));
    }

    [Fact]
    public void Two_at_one_tree_do_not_meet()
    {
        Shell.Run($"mkdir -p {_top}/run");
        var name = Shell.Run($"stat -c '%d %i' {_top}/new | {{ read -r d i; echo apply-$((d >> 8 & 4095))-$((d & 255 | d >> 12 & 1048320))-$i.lock; }}");

        var (exitCode, _, errors) = Binary.Run("flock", [$"{_top}/run/{name}", "env", $"ALLIE_CONFIG={_top}/allie.toml", Binary.Path, "personalise", "--root", $"{_top}/new", "--from", $"{_top}/old"]);

        Assert.True(exitCode == 4, errors);
    }

    [Fact]
    public void The_list_and_the_protected_paths_are_told()
    {
        Assert.Contains("host-keys", Allie("--list").Output, StringComparison.Ordinal);
        Assert.Contains("- /etc/ssh/ssh_host_*\n", Allie("--protect").Output, StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(Allie("--list", "--json").Output)!["items"]);
    }

    [Fact]
    public void An_unknown_item_in_the_settings_is_refused_with_the_known_ones()
    {
        Shell.Run($"printf '[personalise]\\nskip = [\"hostkeys\"]\\n' >>{_top}/allie.toml");

        var (exitCode, _, errors) = Allie("--root", $"{_top}/new", "--from", $"{_top}/old");

        Assert.Equal(2, exitCode);
        Assert.Contains("items: random-seed, hostname, machine-id, host-keys", errors, StringComparison.Ordinal);
    }

    private string[] Words(params string[] arguments) => ["personalise", "--config", $"{_top}/allie.toml", .. arguments];

    private (int ExitCode, string Output, string Errors) Allie(params string[] arguments) => Binary.Run(Words(arguments));

    private void MakeImage(string name) => Shell.Run($"""
        mkdir -p {_top}/{name}/etc/ssh {_top}/{name}/usr/lib/systemd {_top}/{name}/var/lib/dbus
        cd {_top}/{name}
        : >usr/lib/systemd/systemd; : >etc/machine-id; echo localhost >etc/hostname; printf '127.0.0.1 localhost\n' >etc/hosts
        printf 'LABEL=new / ext4 defaults 0 1\n' >etc/fstab; echo c >etc/ssh/sshd_config
        """);

    private string Manifest(string tree) => Shell.Run(
        $"cd {_top}/{tree}; find . -printf '%P %y %m %U %G %l\\n' | LC_ALL=C sort; find . -type f -print0 | LC_ALL=C sort -z | xargs -0r md5sum");
}
