using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.CommandLine;

public partial class CommandLineTests
{
    [Theory]
    [InlineData("no-such-verb")]
    [InlineData("image", "list", "--no-such-option")]
    [InlineData("image", "capture")]
    public void A_wrong_command_line_is_exit_2_and_names_the_help(params string[] words)
    {
        var (code, output, errors) = Binary.Run(words);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("--help", errors);
        Assert.Equal(2, errors.TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("did you mean 'allie prep'?", "prpe")]
    [InlineData("did you mean 'allie image blandify'?", "blandify", "x")]
    [InlineData("did you mean 'allie image capture'?", "image", "captur")]
    [InlineData("'allie image' needs a command after it", "image")]
    public void A_slip_is_answered_with_what_was_probably_meant(string answer, params string[] words)
    {
        var (code, _, errors) = Binary.Run(words);

        Assert.Equal(2, code);
        Assert.Contains(answer, errors);
    }

    [Fact]
    public void A_settings_file_that_is_named_must_be_there()
    {
        var (code, _, errors) = Binary.Run("image", "list", "--config", "/no/such/file");

        Assert.Equal(2, code);
        Assert.Contains("/no/such/file", errors);
    }

    [Fact]
    public void A_failure_is_json_too_when_json_was_asked_for()
    {
        var (code, output, _) = Binary.Run("image", "list", "--json", "--config", "/no/such/file");

        var told = JsonNode.Parse(output)!;
        Assert.Equal(("failed", code), ((string)told["result"]!, (int)told["exit_code"]!));
    }

    [Fact]
    public void The_manual_page_has_every_verb_with_its_options_and_every_verb_has_help()
    {
        var page = Binary.Run("man").Output.Replace("\\-", "-");
        var verbs = Verb().Matches(page).Select(m => m.Groups[1].Value).ToList();

        Assert.True(verbs.Count >= 20, string.Join(", ", verbs));
        foreach (var verb in verbs)
        {
            var (code, help, _) = Binary.Run([.. verb.Split(' '), "--help"]);
            Assert.Equal(0, code);
            Assert.StartsWith("Description:", help);
            Assert.Contains("--json", help);
        }
    }

    [Fact]
    public void Help_is_a_word_too() => Assert.Equal(Binary.Run("image", "capture", "--help"), Binary.Run("help", "image", "capture"));

    [Fact]
    public void The_documents_name_the_same_exit_codes_as_the_manual_page()
    {
        var page = Binary.Run("man").Output.Replace("\\-", "-");
        var documented = ExitRow().Matches(File.ReadAllText(Path.Combine(Binary.Repository, "docs/exit-codes.md")))
            .Select(m => $".TP\n.B {m.Groups[1].Value}\n{m.Groups[2].Value}\n");

        Assert.Equal(8, documented.Count());
        Assert.All(documented, row => Assert.Contains(row, page));
    }

    [Fact]
    public void Every_setting_that_is_read_is_documented()
    {
        var document = File.ReadAllText(Path.Combine(Binary.Repository, "docs/settings.md"));
        var sources = Directory.GetFiles(Path.Combine(Binary.Repository, "src/Allie/Config"), "*Settings.cs").Select(File.ReadAllText);
        var keys = sources.SelectMany(s => SettingKey().Matches(s)).Select(m => m.Groups[1].Value).ToList();

        Assert.True(keys.Count > 15);
        Assert.All(keys, key => Assert.Contains(key.Replace("{name}", "NAME"), document));
    }

    [GeneratedRegex(@"^\.SS allie ([a-z -]+?)(?: \\fI.*)?$", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"^\| (\d+) \| (.+?) \|$", RegexOptions.Multiline)]
    private static partial Regex ExitRow();

    [GeneratedRegex("values\\.(?:Text|Texts|Number|Flag)\\(\\$?\"([^\"]+)\"")]
    private static partial Regex SettingKey();
}
