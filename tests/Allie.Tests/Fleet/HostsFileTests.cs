using Allie.Fleet;
using Xunit;

namespace Allie.Tests.Fleet;

public class HostsFileTests
{
    [Fact]
    public void A_range_gives_one_entry_per_pc_and_keeps_leading_zeros()
    {
        var hosts = HostsFile.Parse("pc[08-10] groups=teaching,gpu images=f18 tag.room=W210 # first floor", "hosts");

        Assert.Equal(["pc08", "pc09", "pc10"], hosts.Entries.Select(e => e.Name));
        Assert.Equal(["teaching", "gpu"], hosts.Find("pc09")!.Groups);
        Assert.Equal("W210", hosts.Find("pc10")!.Tags["room"]);
        Assert.Empty(hosts.Faults);
    }

    [Fact]
    public void A_later_line_adds_groups_and_overrides_tags()
    {
        var hosts = HostsFile.Parse("pc[1-2] groups=a tag.x=1\npc2 groups=b addr=10.0.0.2 tag.x=2\n", "hosts");

        Assert.Equal(["a", "b"], hosts.Find("pc2")!.Groups);
        Assert.Equal("2", hosts.Find("pc2")!.Tags["x"]);
        Assert.Equal("10.0.0.2", hosts.Find("pc2")!.Address);
        Assert.Equal(["a"], hosts.Find("pc1")!.Groups);
    }

    [Fact]
    public void A_bad_line_is_named_and_the_others_hold()
    {
        var hosts = HostsFile.Parse("pc1 group=a\n\nb@d\npc2\npc[5-2]\n", "hosts");

        Assert.Equal(["pc2"], hosts.Entries.Select(e => e.Name));
        Assert.Equal(3, hosts.Faults.Count);
        Assert.StartsWith("hosts(1): unknown word 'group=a'", hosts.Faults[0]);
    }

    [Fact]
    public void A_PC_s_own_line_says_all_that_the_file_says_of_it_and_nothing_of_others()
    {
        var entry = HostsFile.Parse("pc[1-9] groups=teaching images=f18 tag.room=W210 # first floor\npc3 groups=gpu addr=10.0.0.3 tag.a=1\nother groups=staff\n", "hosts").Find("pc3")!;

        Assert.Equal("pc3 groups=teaching,gpu images=f18 addr=10.0.0.3 tag.a=1 tag.room=W210\n", entry.Format());
        Assert.Equal(entry.Format(), HostsFile.Parse(entry.Format(), "hosts").Find("pc3")!.Format());
    }
}
