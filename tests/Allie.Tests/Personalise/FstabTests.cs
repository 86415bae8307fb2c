using Allie.Prep;
using Xunit;

namespace Allie.Tests.Prep;

public sealed class FstabTests
{
    [Fact]
    public void Only_the_root_lines_spec_changes()
    {
        const string Before = "# /etc/fstab\n\nLABEL=deb13   /  ext4 defaults,errors=remount-ro 0 1 # root\n  UUID=1 /home xfs nofail 0 2\n";

        var after = Fstab.WithRoot(Before, "deb13~2", "ext4");

        Assert.Equal(Before.Replace("LABEL=deb13 ", "LABEL=deb13~2 "), after);
        Assert.Equal("LABEL=deb13~2", Fstab.RootSpec(after));
        Assert.Equal(after, Fstab.WithRoot(after, "deb13~2", "ext4"));
    }

    [Fact]
    public void A_commented_root_line_is_none_and_one_is_added()
    {
        Assert.Equal("LABEL=deb13\t/\text4\tdefaults\t0\t1\n# UUID=1 / ext4 defaults 0 1\n", Fstab.WithRoot("# UUID=1 / ext4 defaults 0 1\n", "deb13", "ext4"));
        Assert.Equal("LABEL=deb13\t/\text4\tdefaults\t0\t1\n", Fstab.WithRoot("", "deb13", "ext4"));
    }

    [Fact]
    public void The_swap_of_the_pc_takes_the_place_of_the_images()
    {
        const string Before = "LABEL=deb13 / ext4 defaults 0 1\n/dev/sda9 none swap sw 0 0\n";

        var after = Fstab.WithSwap(Before, ["aa-bb"]);

        Assert.Equal(["UUID=aa-bb"], Fstab.SwapSpecs(after));
        Assert.StartsWith("LABEL=deb13 / ext4 defaults 0 1\n", after, StringComparison.Ordinal);
        Assert.Equal(after, Fstab.WithSwap(after, ["aa-bb"]));
        Assert.Equal(Before, Fstab.WithSwap(Before, []));
    }

    [Theory]
    [InlineData("127.0.0.1\tlocalhost\n", "127.0.0.1\tlocalhost\n127.0.1.1\tpc07\n")]
    [InlineData("127.0.0.1 localhost\n127.0.1.1\tgolden.lab golden # own\n::1 ip6\n", "127.0.0.1 localhost\n127.0.1.1\tpc07 # own\n::1 ip6\n")]
    [InlineData("", "127.0.1.1\tpc07\n")]
    [InlineData("#127.0.1.1 x", "#127.0.1.1 x\n127.0.1.1\tpc07\n")]
    public void The_hosts_file_names_this_pc_once(string before, string after)
    {
        Assert.Equal(after, HostsText.WithName(before, "pc07"));
        Assert.Equal(after, HostsText.WithName(after, "pc07"));
    }

    [Fact]
    public void A_name_with_a_domain_is_given_short_as_well()
    {
        Assert.Equal("127.0.1.1\tpc07.lab.example pc07\n", HostsText.WithName("", "pc07.lab.example"));
    }
}
