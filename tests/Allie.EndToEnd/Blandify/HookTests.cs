using System.Text.Json.Nodes;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Blandify;

/// <summary>Programs of the server in blandify.d, with the published binary: what they do is the run's own, shown, journaled and undone.</summary>
public sealed class HookTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("allie-test-").FullName;

    public HookTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: mounts an overlay");
        Shell.Run(
            $"""
            mkdir -p {_home}/conf/blandify.d {_home}/tree/etc {_home}/tree/srv {_home}/tree/opt/agent/state
            cd {_home}; touch conf/server.toml; echo /root/x >conf/blandify.d/README
            echo 'LABEL=f42 / ext4 defaults 0 1' >tree/etc/fstab; echo a >tree/etc/edited; chown 5:6 tree/etc/edited; echo first >tree/etc/appended; ln tree/etc/appended twin
            echo id >tree/opt/agent/state/id; echo same >tree/etc/same; touch -d 2001-02-03 tree/etc/same tree/etc
            """);
        Hook("""
            test "$PWD" = "$ALLIE_ROOT" -a "$ALLIE_LABEL" = f42; echo "dry=$ALLIE_DRYRUN"
            sed -i s/a/b/ etc/edited; echo second >>etc/appended; rm -rf opt/agent; mkdir opt/agent; echo new >opt/agent/new; chmod 700 srv; ln -sfn edited etc/link
            sed -i s/x/x/ etc/same; chmod 600 etc/fstab
            """);
    }

    public void Dispose() => Shell.Run($"rm -rf --one-file-system '{_home}'");

    [Fact]
    public void What_a_hook_does_is_shown_done_without_writing_in_place_and_undone()
    {
        var before = Manifest();

        var dry = Blandify("-n");
        Assert.Equal((3, before), (dry.ExitCode, Manifest()));
        Assert.Contains("50-site: dry=1", dry.Errors);
        string[] expected =
        [
            "link /etc/link", "make-directory /opt/agent", "make-directory /srv", "remove-tree /opt/agent", "write /etc/appended", "write /etc/edited", "write /etc/fstab", "write /opt/agent/new",
        ];
        Assert.Equal(expected, Changes(dry.Output));

        var run = Blandify();
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(expected, Changes(run.Output));
        Assert.Equal("b 5:6|first second|first|new|700|edited|600|2001-02-03", Shell.Run(
            $"cd {_home}/tree; echo \"$(cat etc/edited) $(stat -c %u:%g etc/edited)|$(xargs <etc/appended)|$(cat ../twin)|$(ls opt/agent)|$(stat -c %a srv)|$(readlink etc/link)|$(stat -c %a etc/fstab)|$(date -r etc/same +%F)\""));
        Assert.Empty(Changes(Blandify("--without", "hooks").Output));

        Assert.Equal(0, Blandify("--undo").ExitCode);
        Assert.Equal(before, Manifest());
    }

    [Fact]
    public void Nothing_is_kept_of_hooks_of_which_one_fails()
    {
        Hook("rm etc/edited; echo no such agent >&2; exit 9", "60-fails");

        var run = Blandify();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("60-fails failed with exit code 9: no such agent", run.Errors);
        Assert.Equal("a", Shell.Run($"cat {_home}/tree/etc/edited"));
        Assert.Equal("", Shell.Run("ls /run/allie/hooks 2>/dev/null || true"));
    }

    [Fact]
    public void One_that_others_may_write_to_is_refused()
    {
        Shell.Run($"chmod 777 {_home}/conf/blandify.d/50-site");

        var run = Blandify();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("chmod go-w", run.Errors);
    }

    private void Hook(string script, string name = "50-site")
    {
        File.WriteAllText($"{_home}/conf/blandify.d/{name}", "#!/bin/bash\nset -e\n" + script);
        Shell.Run($"chmod 755 {_home}/conf/blandify.d/{name}");
    }

    private string Manifest() => Shell.Run($"cd '{_home}/tree' && find . -printf '%p %y %m %U %G %T@ %l\\n' | sort && find . -type f -print0 | sort -z | xargs -0r md5sum");

    private (int ExitCode, string Output, string Errors) Blandify(params string[] choice) =>
        Binary.Run([.. new[] { "image", "blandify", "--tree", _home + "/tree", "--label", "f42", "--json", "--config", _home + "/conf/server.toml" }, .. choice]);

    private static string[] Changes(string json) =>
        [.. JsonNode.Parse(json)!["changes"]!.AsArray().Where(c => (string)c!["op"]! == "hooks").Select(c => $"{c!["action"]} {c["path"]}").Order(StringComparer.Ordinal)];
}
