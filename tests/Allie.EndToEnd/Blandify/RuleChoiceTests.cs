using System.Text.Json.Nodes;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Blandify;

/// <summary>Rules chosen on the command line and by the site's files, with the published binary.</summary>
public sealed class RuleChoiceTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("allie-test-").FullName;

    public void Dispose() => Shell.Run($"rm -rf -- '{_home}'");

    [Fact]
    public void The_list_shows_every_rule_with_what_it_does_and_why()
    {
        var rows = JsonNode.Parse(Binary.Run("image", "blandify", "--list", "--json").Output)!.AsArray();

        Assert.True(rows.Count > 120, $"{rows.Count} rules");
        Assert.All(rows, r => Assert.True(((string)r!["does"]!).Length > 0 && ((string)r["why"]!).Length > 0));
        Assert.Equal(("layout", "on", true), Row(rows, "fstab"));
        Assert.Equal(("secret", "warn", false), Row(rows, "tls-real"));
        Assert.Equal(("secret", "never", false), Row(rows, "ssh-authorized"));
        Assert.Matches(@"(?m)^fstab +on +layout +/ by label.* Why: ", Binary.Run("image", "blandify", "--list").Output);
    }

    [Fact]
    public void Rules_are_switched_by_name_and_by_the_files_beside_the_settings()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        Shell.Run(
            $$"""
            mkdir -p {{_home}}/conf/blandify.d {{_home}}/tree/{etc,root,var/log,opt/agent}
            touch {{_home}}/conf/server.toml
            printf 'off = ["logs"]\n[rule.agent]\nwhy = "one id for all"\ndelete = ["opt/agent/id"]\n' >{{_home}}/conf/blandify.d/site.toml
            cd {{_home}}/tree
            echo 'LABEL=f42 / ext4 defaults 0 1' >etc/fstab; echo x >var/log/messages; echo x >opt/agent/id; echo pc7 >etc/hostname; echo ls >root/.bash_history
            """);

        var first = Blandify("-n", "--without", "histories");
        Assert.Equal(3, first.ExitCode);
        Assert.Equal(["agent /opt/agent/id", "hostname-file /etc/hostname"], Changes(first.Output));
        Assert.Equal(0, Blandify("--without", "histories").ExitCode);
        Assert.Equal(["histories /root/.bash_history", "logs /var/log/messages"], Changes(Blandify("-n", "--with", "logs").Output));
    }

    [Theory]
    [InlineData("there is none of that name", "--with", "nonsense")]
    [InlineData("lock the administrator out", "--with", "ssh-authorized")]
    [InlineData("one of warn, rebuild, generic", "--initramfs", "now")]
    [InlineData("one of dhcp, keep, drop", "--static", "maybe")]
    [InlineData("one of empty, uninitialized, keep", "--machine-id", "absent")]
    [InlineData("is no label", "--swap-label", "a b")]
    [InlineData("cannot keep mount", "--keep-mount", "scratch")]
    [InlineData("thirteenchars", "--label", "thirteenchars")]
    public void A_choice_that_cannot_be_is_refused_before_anything_changes(string told, params string[] choice)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        Shell.Run($"mkdir -p {_home}/conf {_home}/tree/etc && touch {_home}/conf/server.toml && echo pc7 >{_home}/tree/etc/hostname");

        var (code, _, errors) = Binary.Run([.. new[] { "image", "blandify", "--tree", _home + "/tree", "--config", _home + "/conf/server.toml" }, .. choice]);

        Assert.Equal(2, code);
        Assert.Contains(told, errors);
        Assert.Equal("pc7", Shell.Run($"cat {_home}/tree/etc/hostname"));
    }

    [Fact]
    public void The_running_system_is_refused() => Assert.Equal(2, Binary.Run("image", "blandify", "--tree", "/", "-n").ExitCode);

    private (int ExitCode, string Output, string Errors) Blandify(params string[] choice) =>
        Binary.Run([.. new[] { "image", "blandify", "--tree", _home + "/tree", "--label", "f42", "--json", "--config", _home + "/conf/server.toml" }, .. choice]);

    private static string[] Changes(string json) =>
        [.. JsonNode.Parse(json)!["changes"]!.AsArray().Select(c => $"{c!["op"]} {c["path"]}").Order(StringComparer.Ordinal)];

    private static (string Class, string Standard, bool On) Row(JsonArray rows, string op) =>
        rows.Single(r => (string)r!["op"]! == op)! is var row ? ((string)row["class"]!, (string)row["default"]!, (bool)row["on"]!) : default;
}
