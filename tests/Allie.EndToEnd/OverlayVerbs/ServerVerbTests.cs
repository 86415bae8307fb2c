using System.Text.Json.Nodes;
using Xunit;

namespace Allie.EndToEnd.OverlayVerbs;

public sealed class ServerVerbTests : IDisposable
{
    private const string Store =
        """
        mkdir -p srv/images/.generations/f18/1/etc/ssh srv/images/.generations/f18/1/usr/lib64 srv/overlays/all/etc srv/overlays/f18/etc srv/overlays/group/lab/all/etc
        mkdir -p srv/overlays/group/gone/all srv/overlays/host/pc7/all/etc srv/overlays/host/pc8/all
        cd srv; i=images/.generations/f18/1; ln -s .generations/f18/1 images/f18; ln -s usr/lib64 $i/lib64; echo root:x:0:0:::/ >$i/etc/passwd
        echo own >$i/etc/motd; echo sudo >$i/etc/sudoers; chmod 440 $i/etc/sudoers; printf 'pc7 groups=lab images=f18 addr=10.0.0.7\npc8\n' >hosts
        echo all >overlays/all/etc/motd; echo lab >overlays/group/lab/all/etc/motd; touch overlays/host/pc7/all/etc/.wh.motd
        cd ..
        """;

    private readonly OverlayBox _box;

    public ServerVerbTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        _box = new(Store);
    }

    public void Dispose() => _box.Dispose();

    [Fact]
    public void List_tells_files_and_PCs()
    {
        var layers = JsonNode.Parse(_box.Server("list", "--json").Output)!["layers"]!.AsArray().ToDictionary(l => (string)l!["layer"]!, l => $"{l!["files"]} {l["for"]}");

        Assert.Equal(("1 every PC", "1 1 PC of group lab", "1 pc7"), (layers["all"], layers["group/lab/all"], layers["host/pc7/all"]));
        Assert.Equal("0 pc8 (not served: no addr=)", layers["host/pc8/all"]);
    }

    [Fact]
    public void Which_marks_the_winner_and_show_and_diff_agree_with_it()
    {
        var (code, output, _) = _box.Server("which", "/etc/motd", "--host", "pc7");

        Assert.Equal(0, code);
        Assert.Equal(
            "/etc/motd on pc7, image f18:\n* host/pc7/all  etc/.wh.motd  (must not exist)\n  group/lab/all  etc/motd  (has it)\n  all  etc/motd  (has it)\n", output);
        Assert.Equal(1, _box.Server("show", "/etc/motd", "--host", "pc7").ExitCode);
        _box.Sh("rm srv/overlays/host/pc7/all/etc/.wh.motd");
        Assert.Equal((0, "lab\n", ""), _box.Server("show", "/etc/motd", "--host", "pc7"));
        Assert.Equal("all\n", _box.Server("show", "/etc/motd").Output);
        var diff = _box.Server("diff", "--host", "pc7");
        Assert.Equal(3, diff.ExitCode);
        Assert.Contains("-own\n+lab\n", diff.Output, StringComparison.Ordinal);
        Assert.Contains("the image's own", _box.Server("which", "/etc/none").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void For_a_pc_without_a_line_the_answer_says_so_and_without_an_image_there_is_none()
    {
        foreach (var verb in (string[])["which", "show", "diff"])
        {
            var (code, output, errors) = _box.Server(verb, "/etc/motd", "--host", "pc99");
            Assert.Equal((2, ""), (code, output));
            Assert.Contains("pc99 has no line in the hosts file, so it is not known which image it has", errors, StringComparison.Ordinal);

            Assert.Contains("pc99 has no line in the hosts file: only all and the image's own layer are for it\n", _box.Server(verb, "/etc/motd", "--host", "pc99", "--image", "f18").Errors, StringComparison.Ordinal);
        }

        Assert.Equal((0, "all\n"), _box.Server("show", "/etc/motd", "--host", "pc99", "--image", "f18") is var shown ? (shown.ExitCode, shown.Output) : default);
    }

    [Fact]
    public void A_template_is_shown_as_the_pc_gets_it_and_what_only_the_pc_knows_is_said()
    {
        _box.Sh(
            """
            sed -i 's/^pc7 /pc7 tag.room=W210 /' srv/hosts; cd srv/overlays/host/pc7/all/etc; rm .wh.motd
            echo '{{ host }} {{ image }} {{ tag.room }}{{ if group.lab }} lab{{ end }}' >motd.allie; echo '{{ machine_id }}' >id.allie
            """);

        Assert.Equal((0, "pc7 f18 W210 lab\n", ""), _box.Server("show", "/etc/motd", "--host", "pc7"));
        Assert.Contains("+pc7 f18 W210 lab\n", _box.Server("diff", "/etc/motd", "--host", "pc7").Output, StringComparison.Ordinal);
        var (code, _, errors) = _box.Server("show", "/etc/id", "--host", "pc7");
        Assert.Equal((1, 1), (code, _box.Server("diff", "--host", "pc7").ExitCode));
        Assert.Contains("etc/id.allie(1,4): machine_id has no value", errors, StringComparison.Ordinal);
        Assert.Contains("pc7 has sent no report", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_pc_reported_of_itself_fills_in_what_only_it_knows()
    {
        const string Report = """{"schema":1,"facts":{"fqdn":"pc7.lab","macs":["aa:bb"]},"images":[{"name":"f18","facts":{"machine_id":"0123","root_label":"f18~2"}},{"name":"sl6","facts":{"machine_id":"no"}}]}""";
        _box.Sh($$$"""
            mkdir -p srv/reports/pc7; echo '{{{Report}}}' >srv/reports/pc7/report.json; rm srv/overlays/host/pc7/all/etc/.wh.motd
            echo '{{ host }} {{ fqdn }} {{ machine_id }} {{ root_label }}{{ for m in macs }} {{ m }}{{ end }}' >srv/overlays/host/pc7/all/etc/id.allie
            """);

        Assert.Equal((0, "pc7 pc7.lab 0123 f18~2 aa:bb\n", ""), _box.Server("show", "/etc/id", "--host", "pc7"));
        Assert.Equal("", _box.Server("which", "/etc/id", "--host", "pc7").Errors);
    }

    [Theory]
    [InlineData("ln -s /etc/passwd report.json")]
    [InlineData("head -c 70000 /dev/zero | tr '\\0' ' ' >report.json")]
    [InlineData("echo '[1]' >report.json")]
    [InlineData("echo '{\"schema\":2}' >report.json")]
    [InlineData("mkfifo report.json")]
    public void A_report_that_is_none_is_told_and_left_out(string make)
    {
        _box.Sh($"mkdir -p srv/reports/pc7; cd srv/reports/pc7; {make}");

        var (code, _, errors) = _box.Server("which", "/etc/motd", "--host", "pc7");

        Assert.Equal(0, code);
        Assert.Contains("the report of pc7 is left out: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_finds_each_thing_and_nothing_in_a_clean_layer()
    {
        _box.Sh(
            """
            cd srv/overlays/f18; printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\n' >etc/k; echo x >etc/sudoers; mkdir lib64 proc; echo x >lib64/x; touch proc/x etc/.wh..wh.x
            cp -a ../../images/f18/etc/motd etc/motd; touch "etc/$(printf '%0245d' 1)"; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("etc/s")'; touch etc/u ../../images/f18/etc/motd.rpmnew; rm ../group/lab/all/etc/motd; echo 'pc9 images=f17' >>../../hosts; chown 4242 etc/u; chmod 700 .
            """);

        var (code, output, _) = _box.Server("lint", "--json");

        Assert.Equal(3, code);
        var found = JsonNode.Parse(output)!["findings"]!.AsArray().Select(f => $"{f!["severity"]} {f["rule"]} {f["layer"]}{f["path"]}").ToList();
        foreach (var expected in new[]
        {
            "error secret f18/etc/k", "warning metadata f18/etc/sudoers", "warning link f18/lib64/x", "error protected f18/proc/x", "note redundant f18/etc/motd", "warning socket f18/etc/s",
            "warning unknown-owner f18/etc/u", "warning top f18/", "warning no-hosts-line group/gone/all/", "error no-address host/pc8/all/", "note new-default f18/etc/motd", "warning no-image hosts/",
        })
        {
            Assert.Contains(expected, found);
        }

        Assert.Contains(found, f => f.StartsWith("error special-name f18/etc/", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("warning long-name f18/etc/0", StringComparison.Ordinal));
        Assert.Contains($"rm -r {_box.Path}/srv/overlays/f18/proc/x", output, StringComparison.Ordinal);
        Assert.Contains($"rename it or remove it: ls -A {_box.Path}/srv/overlays/f18/etc\"", output, StringComparison.Ordinal);
        Assert.Contains("chmod 440 ", output, StringComparison.Ordinal);
        Assert.Contains("usr/lib64", output, StringComparison.Ordinal);
        Assert.Equal((0, "", ""), _box.Server("lint", "group/lab/all"));
        Assert.Equal(2, _box.Server("lint", "nothing").ExitCode);
    }

    [Fact]
    public void Capture_takes_mode_owner_and_the_real_path_and_asks_before_it_replaces()
    {
        _box.Sh("cd srv/images/f18; mkdir -m 750 etc/d; echo x >etc/d/x; chown 3:4 etc/d/x; chmod 640 etc/d/x; echo y >usr/lib64/y");

        Assert.Equal(3, _box.Server("capture", "/etc/d", "/lib64/y", "--image", "f18", "-n").ExitCode);
        Assert.Equal("etc", _box.Sh("ls srv/overlays/f18; ls srv/overlays/f18/etc"));
        Assert.Equal(0, _box.Server("capture", "/etc/d", "/lib64/y", "--image", "f18").ExitCode);

        Assert.Equal("750 0, 640 3, y", _box.Sh("cd srv/overlays/f18; echo $(stat -c '%a %u,' etc/d etc/d/x) $(cat usr/lib64/y)"));
        Assert.Equal(0, _box.Server("capture", "/etc/d", "--image", "f18", "-n").ExitCode);
        Assert.Equal(2, _box.Server("capture", "/etc/motd", "--image", "f18", "--layer", "all").ExitCode);
        Assert.Equal("all", _box.Sh("cat srv/overlays/all/etc/motd"));
        Assert.Equal(0, _box.Server("capture", "/etc/motd", "--image", "f18", "--layer", "all", "-y").ExitCode);
        Assert.Equal("own", _box.Sh("cat srv/overlays/all/etc/motd"));
        Assert.Equal(2, _box.Server("capture", "/etc/none", "--image", "f18").ExitCode);
    }

    [Fact]
    public void Log_is_gits_of_a_checkout_and_else_the_newest_files()
    {
        _box.Sh("touch -d 2030-01-02 srv/overlays/group/lab/all/etc/motd");

        Assert.Equal("group/lab/all/etc/motd", (string)JsonNode.Parse(_box.Server("log", "--json").Output)!["edits"]![0]!["what"]!);
        _box.Sh("cd srv/overlays; git init -q; git add -A; git -c user.name=A -c user.email=a@b commit -qm 'Say hello'");
        Assert.Contains("Say hello", _box.Server("log", "all").Output, StringComparison.Ordinal);
    }
}
