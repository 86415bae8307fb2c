using Allie.Images;
using Allie.Images.Fetch;
using Xunit;

namespace Allie.Tests.Images.Fetch;

public sealed class TreeHalvesTests
{
    [Fact]
    public void The_second_stream_gets_about_half_and_never_a_directory_together_with_one_above_it()
    {
        var second = TreeHalves.Second(new Dictionary<string, long>
        {
            [""] = 100, ["usr"] = 90, ["usr/share"] = 40, ["usr/lib"] = 45, ["usr/lib/modules"] = 20, ["usr/lib/x"] = 5, ["var"] = 8, ["etc"] = 2,
        });

        Assert.Equal(["usr/lib"], second.Where(d => d.StartsWith("usr", StringComparison.Ordinal)));
        Assert.DoesNotContain(second, d => second.Any(o => d.StartsWith(o + "/", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_name_that_a_filter_rule_would_misread_stays_with_the_first() =>
        Assert.Empty(TreeHalves.Second(new Dictionary<string, long> { [""] = 10, ["a b"] = 4, ["c*"] = 3 }));

    [Fact]
    public void The_two_calls_share_nothing_but_the_directories_above()
    {
        var (first, second) = TreeHalves.Of(new FetchCalls("rsync://s/image-x/", 873, "/mnt/").Main("/run/x", fresh: true), ["usr/share", "opt"]);

        Assert.Equal(["- /lost+found", "- /.allie-fetch", "- /usr/share", "- /opt"], first.Filters);
        Assert.Equal(["- /lost+found", "- /.allie-fetch", "+ /usr/", "+ /usr/share/", "+ /usr/share/**", "+ /opt/", "+ /opt/**", "- *"], second.Filters);
        var arguments = second.Arguments().ToList();
        Assert.True(arguments.IndexOf("--exclude-from=/run/x") < arguments.IndexOf("--filter=+ /usr/"), "what has holes must be left out by both");
    }

    [Fact]
    public void Facts_survive_their_own_text()
    {
        var facts = ImageFacts.Parse(new ImageFacts((3 << 20) - 1, 17, ["usr/share", "opt"]).Format(), "facts");

        Assert.Equal((3 << 20, 17, "usr/share,opt"), (facts.Bytes, facts.Entries, string.Join(',', facts.Second)));
        Assert.Equal(0, ImageFacts.Parse("", "facts").Bytes);
    }
}
