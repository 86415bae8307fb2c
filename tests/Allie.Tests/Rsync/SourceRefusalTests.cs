using Allie.Rsync;
using Xunit;

namespace Allie.Tests.Rsync;

/// <summary>Lines as 3.2.7 and 3.5.0 print them.</summary>
public class SourceRefusalTests
{
    private const string Last = "rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1956) [generator=3.5.0]";
    private const string Open = "rsync: [sender] send_files failed to open \"/overlays/all/y\" (in pc): Permission denied (13)";

    [Theory]
    [InlineData(Open, "overlays/all/y", "Permission denied (13)")]
    [InlineData("rsync: send_files failed to open \"/a\" (in pc-pc1): Input/output error (5)", "a", "Input/output error (5)")]
    [InlineData("rsync: [sender] opendir \"/overlays/dark\" (in pc) failed: Permission denied (13)", "overlays/dark", "Permission denied (13)")]
    [InlineData("rsync: [sender] get_xattr_data: lgetxattr(\"/all/y\" (in pc),\"user.x\",0) failed: Permission denied (13)", "all/y", "Permission denied (13)")]
    [InlineData("rsync: [sender] readlink_stat(\"/all/y\" (in pc)) failed: Permission denied (13)", "all/y", "Permission denied (13)")]
    [InlineData("rsync: [sender] send_files failed to open \"/z\" (in pc): no\" (in pc): Permission denied (13)", "z\" (in pc): no", "Permission denied (13)")]
    [InlineData("rsync: [sender] send_files failed to open \"/n\\#351w\\#012l\\#134#012\" (in pc): Permission denied (13)", "n\u00e9w\nl\\#012", "Permission denied (13)")]
    public void What_the_daemon_could_not_read_is_named(string line, string path, string why)
    {
        var refused = Assert.Single(SourceRefusal.AllOf([line, "", Last])!);

        Assert.Equal((path, why), (refused.Path.Raw, refused.Why));
    }

    [Theory]
    [InlineData("rsync: [receiver] mkstemp \"/var/lib/allie/layers.next/.y.XXXXXX\" failed: No space left on device (28)")]
    [InlineData("rsync: [generator] recv_generator: failed to stat \"/var/lib/x\": Permission denied (13)")]
    [InlineData("rsync: opendir \"/var/lib/allie/layers\" failed: Permission denied (13)")]
    [InlineData("rsync: [sender] send_files failed to open \"/../etc/shadow\" (in pc): Permission denied (13)")]
    [InlineData("ERROR: overlays/all/other failed verification -- update discarded.")]
    [InlineData("something new")]
    public void Anything_else_said_means_that_something_unknown_is_missing(string line) => Assert.Null(SourceRefusal.AllOf([Open, line, Last]));

    [Fact]
    public void Nothing_said_is_no_refusal() => Assert.Null(SourceRefusal.AllOf([Last]));

    [Fact]
    public void A_file_that_broke_off_by_a_read_error_is_left_out_after_a_second_try()
    {
        const string Torn = "rsync: [sender] read errors mapping \"/all/y\" (in pc): Input/output error (5)";

        var refused = SourceRefusal.AllOf([Torn, "WARNING: all/y failed verification -- update discarded (will try again).", Torn, "ERROR: all/y failed verification -- update discarded.", Last]);

        Assert.Equal(new SourceRefusal("all/y", "Input/output error (5)"), Assert.Single(refused!));
    }

    /// <summary>rsync calls it ENODATA when a file ends before the size that it had; the same word about an attribute is another matter.</summary>
    [Fact]
    public void A_file_that_is_edited_while_it_is_fetched_is_told_from_one_that_cannot_be_read()
    {
        string[] torn = ["rsync: [sender] read errors mapping \"/all/y\" (in pc): No data available (61)", "ERROR: all/y failed verification -- update discarded."];
        string[] gone = ["file has vanished: \"/all/n\\#351w\" (in pc)", "directory has vanished: \"/all/d\" (in pc)", "rsync warning: some files vanished before they could be transferred (code 24) at main.c(1956) [generator=3.5.0]"];
        const string Attribute = "rsync: [sender] get_xattr_data: lgetxattr(\"/all/z\" (in pc),\"user.x\",0) failed: No data available (61)";

        Assert.Equal([("all/y", true), ("all/n\u00e9w", true), ("all/d", true), ("all/z", false)], SourceRefusal.AllOf([.. torn, .. gone, Attribute, Last])!.Select(r => (r.Path.Raw, r.IsEdited)));
        Assert.Equal("it became shorter while it was read", SourceRefusal.AllOf(torn)![0].Why);
    }
}
