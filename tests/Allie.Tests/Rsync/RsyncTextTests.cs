using Allie.Rsync;
using Xunit;

namespace Allie.Tests.Rsync;

public class RsyncTextTests
{
    [Theory]
    [InlineData("      1,587,200  45%   10.00MB/s    0:00:10 (xfr#5, to-chk=10/100)", 1587200, 45, 10L, 100L)]
    [InlineData("         32768   0%    0.00kB/s    0:00:00  ", 32768, 0, null, null)]
    [InlineData("   358000000  99%  311.00MB/s    0:00:01 (xfr#9211, ir-chk=1000/10349)", 358000000, 99, 1000L, 10349L)]
    public void Progress_lines_are_read(string line, long bytes, int percent, long? left, long? total)
    {
        var progress = RsyncProgress.TryParse(line);

        Assert.Equal((bytes, percent, left, total), (progress!.Bytes, progress.Percent, progress.FilesLeft, progress.FilesTotal));
    }

    [Theory]
    [InlineData("etc/passwd")]
    [InlineData("")]
    [InlineData("rsync: [sender] change_dir failed")]
    public void Other_lines_are_no_progress(string line) => Assert.Null(RsyncProgress.TryParse(line));

    [Theory]
    [InlineData(">f+++++++++|etc/x y", "etc/x y", false, true)]
    [InlineData(".d..t......|./", "./", false, false)]
    [InlineData("*deleting  |old\\#012name", "old\\#012name", true, false)]
    public void Itemized_lines_are_read(string line, string name, bool deletion, bool content)
    {
        var change = RsyncChange.TryParse(line);

        Assert.Equal((name, deletion, content), (change!.Value.Name, change.Value.IsDeletion, change.Value.IsContent));
    }

    [Fact]
    public void Every_call_has_the_options_that_a_root_tree_needs()
    {
        var args = new RsyncCall(["rsync://s/image-f18/"], "/mnt/") { Port = 874, Delete = true }.Arguments();

        Assert.Superset(new HashSet<string> { "-aHAX", "-x", "--numeric-ids", "-@-1", "--no-inc-recursive", "--delete-delay", "--port=874" }, args.ToHashSet());
        Assert.Equal(["--", "rsync://s/image-f18/", "/mnt/"], args.TakeLast(3));
        Assert.DoesNotContain("--inplace", args);
        Assert.DoesNotContain("-S", args);
    }

    [Theory]
    [InlineData(0, RsyncVerdict.Done)]
    [InlineData(5, RsyncVerdict.Retry)]
    [InlineData(10, RsyncVerdict.Retry)]
    [InlineData(11, RsyncVerdict.Stop)]
    [InlineData(12, RsyncVerdict.Retry)]
    [InlineData(23, RsyncVerdict.Incomplete)]
    [InlineData(24, RsyncVerdict.Incomplete)]
    [InlineData(25, RsyncVerdict.Stop)]
    public void Exit_codes_are_read_by_the_table(int code, RsyncVerdict verdict) => Assert.Equal(verdict, RsyncExit.Verdict(code));
}
