using System.Text.Json.Nodes;
using Allie.Files;
using Allie.Fleet;
using Allie.Overlays;
using Allie.Overlays.Templates;
using Xunit;

namespace Allie.Tests.Fleet;

public class PcReportTests
{
    private static readonly TemplateValues Facts = TemplateValues.Of(
        new Dictionary<string, string> { ["fqdn"] = "pc1.lab", ["machine_id"] = "0123", ["root_label"] = "f18~2", ["tag.secret"] = "x" },
        new Dictionary<string, IReadOnlyList<string>> { ["macs"] = ["aa:bb"], ["groups"] = ["g"], ["addresses"] = [] });

    private static ImageReport Image(string slot, int failed = 0, int? adopted = null) => new(
        "f18", slot, slot.Length == 0, 3, "ok", adopted is { } n ? new Dictionary<string, int> { ["managed"] = 1, [PcReport.Adopted] = n } : new Dictionary<string, int> { ["managed"] = 1 },
        [.. Enumerable.Range(0, failed).Select(i => new PathFault(ImagePath.Of(new string('x', 300) + i), "all", new string('y', 5000)))], Facts);

    [Fact]
    public void What_a_pc_says_of_itself_is_read_back_and_what_the_hosts_file_says_is_not_in_it()
    {
        var text = PcReport.With(null, new() { ["host"] = "pc1" }, Image(""));

        var facts = PcReport.Facts(text, "f18");
        Assert.Equal(("pc1.lab", "0123", "f18~2"), (facts.Texts["fqdn"], facts.Texts["machine_id"], facts.Texts["root_label"]));
        Assert.Equal(["aa:bb"], facts.Lists["macs"]);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.False(PcReport.Facts(text, "other").Texts.ContainsKey("machine_id"));
    }

    [Fact]
    public void Each_slot_has_its_part_and_a_run_without_a_count_keeps_the_last_one()
    {
        var text = PcReport.With(null, [], Image("", adopted: 7));
        text = PcReport.With(text, [], Image("b"));
        text = PcReport.With(text, [], Image(""));

        var images = JsonNode.Parse(text)!["images"]!.AsArray();
        Assert.Equal(["b", ""], images.Select(i => (string)i!["slot"]!));
        Assert.Equal(7, (int)images[1]!["counts"]![PcReport.Adopted]!);
    }

    [Fact]
    public void New_defaults_of_packages_are_read_back_of_their_image_and_a_strangers_word_only_as_far_as_it_is_a_path()
    {
        var text = PcReport.With(null, [], Image("") with { NewDefaults = [.. Enumerable.Range(0, 90).Select(i => ImagePath.Of($"etc/{i}.rpmnew"))] });
        var hostile = text.Replace("/etc/0.rpmnew", "etc/0.rpmnew", StringComparison.Ordinal).Replace("/etc/1.rpmnew", "/etc/\\u001b[2J.rpmnew", StringComparison.Ordinal);

        Assert.Equal(40, PcReport.NewDefaults(text, "f18").Count);
        Assert.Equal("/etc/0.rpmnew", PcReport.NewDefaults(text, "f18")[0]);
        Assert.Empty(PcReport.NewDefaults(text, "other"));
        Assert.Equal("/etc/2.rpmnew", PcReport.NewDefaults(hostile, "f18")[0]);
        Assert.Empty(PcReport.NewDefaults("{\"schema\":1,\"images\":[{\"name\":\"f18\",\"new_defaults\":{}}]}", "f18"));
    }

    [Fact]
    public void However_much_failed_the_report_stays_below_its_limit()
    {
        string? text = null;
        foreach (var slot in Enumerable.Range(0, 40))
        {
            text = PcReport.With(text, [], Image($"slot{slot}", failed: 1000));
            Assert.True(text.Length <= PcReport.Largest);
        }

        Assert.Equal(980, (int)JsonNode.Parse(text!)!["images"]!.AsArray()[^1]!["failed_more"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"schema\":\"1\"}")]
    [InlineData("{\"schema\":1,\"schema\":1}")]
    public void What_is_no_report_is_refused_on_the_server_and_begun_anew_on_the_pc(string text)
    {
        Assert.Throws<FormatException>(() => PcReport.Facts(text, "f18"));
        Assert.Contains("\"f18\"", PcReport.With(text, [], Image("")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"schema\":1,\"facts\":{\"fqdn\":\"a\\u001b[2J\"}}")]
    [InlineData("{\"schema\":1,\"facts\":{\"fqdn\":7,\"macs\":{}},\"images\":{}}")]
    public void A_fact_that_is_no_plain_text_is_no_fact(string text) => Assert.Empty(PcReport.Facts(text, "f18").Texts);
}
