using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Images;

/// <summary>An image gets another name, with all that belongs to it, or stays as it is.</summary>
public sealed class RenameTests : IDisposable
{
    private readonly Store _store;

    public RenameTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        _store = new();
        _store.Publish();
        _store.Edit("echo two >etc/motd");
        _store.Ok("image", "publish", "img", "-y");
        _store.Ok("image", "tag", "img", "1", "stable");
        _store.Ok("image", "rollback", "img", "-y");
        _store.Edit("echo three >etc/motd");
        Shell.Run($"""
            cd {_store.At("store/overlays")}; mkdir -p img/root/conf group/lab/img/etc host/pc1/img/etc all/root/conf
            echo 'allie prep img' >all/root/conf/40prepnext; echo 'allie prep img2' >all/root/conf/41other; echo x >group/lab/img/etc/x
            mkdir -p {_store.At("accept.d")}; echo 'accept = []' >{_store.At("accept.d/img.toml")}
            """);
    }

    public void Dispose() => _store?.Dispose();

    [Fact]
    public void All_that_bears_the_name_moves_and_generations_are_as_their_catalogues_say_and_what_only_mentions_it_is_named()
    {
        Assert.Equal(3, _store.Run("image", "rename", "img", "neu", "-n").ExitCode);
        Assert.Equal(2, _store.Run("image", "rename", "img", "neu").ExitCode); // no terminal, no -y
        Assert.True(File.Exists(_store.Images + "/img/etc/motd"));

        var (code, output, errors) = _store.Run("image", "rename", "img", "neu", "-y");

        Assert.True(code == 0, output + errors);
        Assert.Contains("40prepnext names img", output + errors);
        Assert.DoesNotContain("41other", output + errors);
        IsRenamed();
        _store.Ok("image", "publish", "neu", "-y");
        Assert.Contains("generation = 3", File.ReadAllText(_store.Images + "/neu/etc/allie-image"));
    }

    [Fact]
    public void A_PC_fetches_the_renamed_image_and_its_proof_finds_nothing()
    {
        _store.Ok("image", "rename", "img", "neu", "-y");
        _store.Ok("server", "conf");
        File.WriteAllText(_store.At("fetch.sh"), $$"""
            set -euo pipefail
            ip link set lo up
            mkdir {{_store.At("slot")}}
            mount -t tmpfs slot {{_store.At("slot")}}
            rsync --daemon --no-detach --port=8730 --config={{_store.At("rsyncd.conf")}} &
            for try in $(seq 5000); do if rsync rsync://127.0.0.1:8730/ >/dev/null 2>&1; then break; fi; sleep 0.02; done
            {{Binary.Path}} image fetch neu {{_store.At("slot")}} --config {{_store.At("allie.toml")}} >&2
            cat {{_store.At("slot")}}/etc/allie-image
            if rsync rsync://127.0.0.1:8730/image-img/ 2>/dev/null; then echo the old module is there still; fi
            """);

        // The list in the tree is what a PC compares its copy with: one that still knew the old stamp would call the copy torn.
        var said = Shell.Run($"unshare -n -m -p -f --kill-child=KILL bash {_store.At("fetch.sh")}");

        Assert.Contains("name = \"neu\"\ngeneration = 1\n", said);
        Assert.DoesNotContain("old module", said);
    }

    [Theory]
    [InlineData("report", "PC pc1 has generation 1")]
    [InlineData("hosts", "names it for PC pc1")]
    [InlineData("hold", "it is held")]
    [InlineData("taken", "exists")]
    public void It_is_refused_while_somebody_has_it_or_is_to_have_it(string why, string said)
    {
        Shell.Run(why switch
        {
            "report" => $"mkdir -p {_store.At("store/reports/pc1")}; echo '{{\"image\":\"img\",\"generation\":1}}' >{_store.At("store/reports/pc1/report.json")}",
            "hosts" => $"echo 'pc[1-3] images=img' >>{_store.At("store/hosts")}",
            "hold" => $"echo 2 >{_store.Images}/.generations/img/.hold",
            _ => $"mkdir {_store.At("store/overlays/group/lab/neu")}",
        });
        var before = Tree();

        Assert.Contains(said, _store.Refused(2, "image", "rename", "img", "neu", "-y"));

        Assert.Equal(before, Tree());
    }

    [Fact]
    public void It_is_refused_while_somebody_works_on_it()
    {
        using var edit = Shell.Start(Binary.Path, "image", "edit", "img", "--config", _store.At("server.toml"), "--", "sh", "-c", "echo there; cat");
        Assert.Equal("there", edit.StandardOutput.ReadLine());

        Assert.Contains("in use by", _store.Refused(4, "image", "rename", "img", "neu", "-y"));

        edit.StandardInput.Close();
        edit.WaitForExit();
    }

    [Fact]
    public void Killed_at_any_call_of_the_kernel_it_is_ended_by_the_same_command_and_until_then_nothing_else_touches_the_names()
    {
        var killed = 0;
        var (from, to) = ("img", "neu");
        for (var at = 1; at <= 20; at++)
        {
            var trace = Binary.Run("strace", ["-f", "-qq", "-o", "/dev/null", "-e", "trace=renameat,unlinkat", "-e", $"inject=renameat:signal=KILL:when={at}", Binary.Path, "image", "rename", from, to, "-y", "--config", _store.At("server.toml")]);
            if (trace.ExitCode != 0)
            {
                killed++;
                if (File.Exists(_store.Images + "/.work/.rename"))
                {
                    Assert.Contains("middle of a rename", _store.Refused(2, "image", "hold", Directory.Exists($"{_store.Images}/.generations/{from}") ? from : to));
                }

                _store.Ok("image", "rename", from, to, "-y");
            }

            _store.Ok("image", "verify", to, "--all");
            Assert.Equal("one", File.ReadAllText($"{_store.Images}/{to}/etc/motd").Trim());
            (from, to) = (to, from);
        }

        if (from != "neu")
        {
            _store.Ok("image", "rename", from, "neu", "-y");
        }

        IsRenamed();
        Assert.True(killed > 15, $"only {killed} of 20 were killed in the middle");
    }

    private void IsRenamed()
    {
        _store.Ok("image", "verify", "neu", "--all");
        Assert.Equal("one", File.ReadAllText(_store.Images + "/neu/etc/motd").Trim());
        Assert.Equal("three", File.ReadAllText(_store.Images + "/.work/neu/etc/motd").Trim());
        Assert.Contains("name = \"neu\"", File.ReadAllText(_store.Images + "/.generations/neu/2/etc/allie-image"));
        _store.Ok("image", "verify", "neu@stable");
        Assert.True(File.Exists(_store.At("store/overlays/group/lab/neu/etc/x")));
        Assert.True(Directory.Exists(_store.At("store/overlays/host/pc1/neu")));
        Assert.True(Directory.Exists(_store.At("store/overlays/neu/root/conf")));
        Assert.True(File.Exists(_store.At("accept.d/neu.toml")));
        Assert.Equal("", Shell.Run($"find {_store.At("store")} {_store.At("accept.d")} -name img -o -name '.img.*' -o -name img.toml -o -name .rename"));
    }

    private string Tree() => Shell.Run($"find {_store.At("store")} ! -name '*.lock' ! -name .work -printf '%p %i %T@ %l\\n' | sort");
}
