using System.Diagnostics;
using System.Text.Json;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Blandify;

/// <summary>Step 6 with the published binary: forms, exit codes, JSON, a real kill, the accept list and the gate before publish.</summary>
public sealed class BlandifyTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("allie-test-").FullName;

    public BlandifyTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        File.WriteAllText(At("server.toml"), $"store = \"{At("store")}\"\n[rsyncd]\nconf = \"{At("rsyncd.conf")}\"\n");
        Assert.Equal(0, Allie("server", "init").ExitCode);
        Shell.Run(
            $"""
            mkdir -p '{Tree}' && cd '{Tree}' && mkdir -p etc/ssh usr/bin srv root && cp /bin/true usr/bin/ && echo pc07.example.org > etc/hostname
            echo 0123456789abcdef0123456789abcdef > etc/machine-id; echo 'UUID=5d0c6a7e-1b2f-4c3d-8e9f-a0b1c2d3e4f5 / ext4 defaults 0 1' > etc/fstab
            echo 'made on pc07' > srv/notes; ssh-keygen -q -t ed25519 -N '' -f root/key
            """);
    }

    private string Tree => At("store/images/.work/f18");

    public void Dispose() => Shell.Run($"rm -rf --one-file-system '{_directory}'");

    [Fact]
    public void What_is_left_is_exit_3_until_it_is_accepted_by_name_and_publish_waits_for_that()
    {
        Assert.Equal(3, Allie("image", "blandify", "f18", "-n").ExitCode);
        var run = Allie("image", "blandify", "f18");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("leak    /srv/notes  (hostname, line 1: pc07)", run.Output);

        var refused = Allie("image", "publish", "f18", "-y");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("/srv/notes (hostname)", refused.Errors);
        Assert.Contains("allie image blandify f18 --accept /srv/notes", refused.Errors);

        Assert.Equal(3, Allie("image", "blandify", "f18", "--accept", "/srv/notes", "-n").ExitCode);
        Assert.False(File.Exists(At("accept.d/f18.toml")));
        Assert.Equal(0, Allie("image", "blandify", "f18", "--accept", "/srv/notes").ExitCode);
        Assert.Equal(0, Allie("image", "blandify", "f18").ExitCode);
        Assert.Equal(0, Allie("image", "publish", "f18").ExitCode);
        Assert.Equal("pc07", Shell.Run($"grep -o pc07 '{At("store/images/f18/srv/notes")}'"));
        Assert.False(Directory.Exists(At("store/images/.work/.f18.blandify"))); // it held keys
    }

    [Fact]
    public void A_tree_that_something_is_mounted_in_is_refused_and_what_is_mounted_stays()
    {
        var said = Shell.Run(
            $"""
            unshare -m --propagation private bash -uc '
              ln -s "{Tree}" "{At("link")}"; mkdir "{Tree}/run"; mount -t tmpfs none "{Tree}/run"; echo here > "{Tree}/run/canary"
              "{Binary.Path}" image blandify --tree "{At("link")}" --config "{At("server.toml")}" 2>&1; echo "exit $?"; cat "{Tree}/run/canary"'
            """);

        Assert.Contains("something is mounted in it", said);
        Assert.EndsWith("exit 2\nhere", said);
    }

    [Fact]
    public void Leaks_that_are_removed_by_hand_let_the_publish_go()
    {
        Assert.Equal(3, Allie("image", "blandify", "f18").ExitCode);
        File.Delete(Path.Combine(Tree, "srv/notes"));

        Assert.Equal(0, Allie("image", "blandify", "f18").ExitCode);
        Assert.Equal(0, Allie("image", "publish", "f18").ExitCode);
    }

    [Fact]
    public void Json_tells_changes_and_leaks_and_shows_no_secret()
    {
        Shell.Run($"mkdir -p '{Tree}/etc/NetworkManager/system-connections'; printf '[wifi-security]\\npsk=geheim\\n' > '{Tree}/etc/NetworkManager/system-connections/w'");

        var (code, output, _) = Allie("image", "blandify", "--tree", Tree, "--json");

        Assert.Equal(3, code);
        Assert.DoesNotContain("geheim", output);
        Assert.DoesNotContain("b3BlbnNz", output);
        using var json = JsonDocument.Parse(output);
        Assert.Contains(json.RootElement.GetProperty("changes").EnumerateArray(), c => c.GetProperty("path").GetString() == "/etc/hostname" && c.GetProperty("op").GetString() == "hostname-file");
        var leaks = json.RootElement.GetProperty("leaks").EnumerateArray().ToDictionary(l => l.GetProperty("path").GetString()!, l => l.GetProperty("kind").GetString());
        Assert.Equal("hostname", leaks["/srv/notes"]);
        Assert.Equal("private-key", leaks["/root/key"]);
    }

    [Fact]
    public void Secrets_alone_are_named_and_leave_exit_0()
    {
        File.Delete(Path.Combine(Tree, "srv/notes"));

        var run = Binary.Run("bash", ["-c", $"exec -a blandify '{Binary.Path}' --tree '{Tree}' --config '{At("server.toml")}'"]); // by its founding name

        Assert.Equal((0, true), (run.ExitCode, run.Output.Contains("secret  /root/key  (private-key")));
        Assert.Equal(0, Allie("image", "blandify", "--tree", Tree, "-n").ExitCode);
    }

    [Fact]
    public void A_run_that_is_killed_can_be_undone_to_the_last_byte()
    {
        Shell.Run($"cd '{Tree}/etc/ssh' && for n in {{1..8000}}; do echo key $n > ssh_host_t$n'_key'; done; chown 5:6 ssh_host_t7_key; touch -d 2001-02-03 ssh_host_t9_key .");
        var before = Manifest();
        using (var run = Shell.Start(Binary.Path, "image", "blandify", "f18", "--config", At("server.toml")))
        {
            var deadline = Stopwatch.StartNew();
            while (Directory.GetFiles(Path.Combine(Tree, "etc/ssh")).Length == 8000 && !run.HasExited)
            {
                Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(60), "the run changes nothing");
            }

            run.Kill();
            run.WaitForExit();
        }

        Assert.InRange(Directory.GetFiles(Path.Combine(Tree, "etc/ssh")).Length, 1, 7999); // in the middle of it
        Assert.Equal("700", Shell.Run($"stat -c %a '{At("store/images/.work/.f18.blandify")}'"));

        Assert.Equal(3, Allie("image", "blandify", "f18", "--undo", "-n").ExitCode);
        Assert.Equal(0, Allie("image", "blandify", "f18", "--undo").ExitCode);

        Assert.Equal(before, Manifest());
        Assert.Equal(2, Allie("image", "blandify", "f18", "--undo").ExitCode); // nothing more to undo
    }

    [Fact]
    public void Special_files_are_never_opened()
    {
        Shell.Run($"cd '{Tree}/srv' && mkfifo a-fifo && mknod a-device c 1 5 && mknod a-disk b 7 200");

        Binary.Run("strace", ["-f", "-qq", "-e", "trace=open,openat,openat2", "-o", At("trace"), Binary.Path, "image", "blandify", "f18", "-n", "--config", At("server.toml")]);

        var opened = File.ReadAllText(At("trace"));
        Assert.Contains("\"notes\"", opened); // the trace sees what is opened beside them
        Assert.DoesNotContain("a-fifo", opened);
        Assert.DoesNotContain("a-device", opened);
        Assert.DoesNotContain("a-disk", opened);
    }

    [Fact]
    public void The_running_system_is_refused_by_any_name()
    {
        Shell.Run($"ln -s / '{At("root-link")}'");

        Assert.Equal(2, Allie("image", "blandify", "--tree", At("root-link"), "-n").ExitCode);
        Assert.Equal(2, Allie("image", "blandify", "--tree", "/proc/self/root", "-n").ExitCode);
    }

    [Fact]
    public void A_second_run_on_the_same_tree_is_busy()
    {
        var tree = At("elsewhere");
        Shell.Run($"cp -a '{Tree}' '{tree}'; '{Binary.Path}' image blandify --tree '{tree}' --config '{At("server.toml")}' >/dev/null 2>&1 || true");
        var held = Directory.GetDirectories(At("store/images/.work/.trees")).Single() + ".lock";

        Assert.Equal("4", Shell.Run($"flock '{held}' bash -c \"'{Binary.Path}' image blandify --tree '{tree}' --config '{At("server.toml")}' >/dev/null 2>&1; echo \\$?\""));
    }

    private string At(string relative) => Path.Combine(_directory, relative);

    private (int ExitCode, string Output, string Errors) Allie(params string[] words) => Binary.Run([.. words, "--config", At("server.toml")]);

    private string Manifest() => Shell.Run($"cd '{Tree}' && find . -printf '%p %y %m %U %G %T@ %l\\n' | sort && find . -type f -print0 | sort -z | xargs -0r md5sum");
}
