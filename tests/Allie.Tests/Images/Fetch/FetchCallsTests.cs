using System.Text;
using Allie.Images;
using Allie.Images.Fetch;
using Xunit;

namespace Allie.Tests.Images.Fetch;

public sealed class FetchCallsTests
{
    private static readonly FetchCalls Calls = new("rsync://s/image-deb13/", 873, "/mnt/");

    [Theory]
    [InlineData("var/lib/holes", "/var/lib/holes")]
    [InlineData(@"a\b", @"/a\b")] // without a wildcard rsync takes a backslash as it is
    [InlineData(@"a*b[c]?\d", @"/a\*b\[c]\?\\d")]
    public void Names_of_sparse_files_are_patterns_of_themselves_alone(string name, string pattern)
    {
        var list = SparseList.Parse(Encoding.Latin1.GetBytes(name + "\0"));

        Assert.Equal(pattern + "\0", Encoding.Latin1.GetString(list.ExcludeFrom()));
        Assert.Equal(name + "\0", Encoding.Latin1.GetString(list.FilesFrom()));
    }

    [Fact]
    public void Writing_in_place_is_for_a_fresh_file_system_only()
    {
        Assert.Contains("--inplace", Calls.Main(null, fresh: true).Arguments());
        Assert.All(
            [Calls.Main(null, fresh: false), Calls.Sparse("f"), Calls.Repair(), Calls.RepairContent(), Calls.Verify()],
            call => Assert.DoesNotContain("--inplace", call.Arguments()));
    }

    [Fact]
    public void A_verify_pass_changes_nothing_and_leaves_out_only_what_is_not_the_images()
    {
        Assert.Contains("-n", Calls.Verify().Arguments());
        Assert.Contains("-n", Calls.VerifyContent().Arguments());
        Assert.Equal(["- /lost+found", "- /.allie-fetch"], Calls.Verify().Filters);
    }
}
