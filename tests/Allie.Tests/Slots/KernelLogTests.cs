using Allie.Slots;
using Xunit;

namespace Allie.Tests.Slots;

public class KernelLogTests
{
    [Theory]
    [InlineData("6,339,5140900,-;I/O error, dev sda, sector 4096 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 2")]
    [InlineData("3,1022,99,-;blk_update_request: I/O error, dev sda, sector 4096 op 0x1:(WRITE) flags 0x0")]
    [InlineData("3,1022,99,-;print_req_error: critical medium error, dev sda, sector 4096")]
    public void An_error_of_the_disk_is_told_in_all_words_that_kernels_have_for_it(string line) =>
        Assert.Equal("1 I/O error on sda since the start, the last at sector 4096", KernelLog.Errors("6,1,1,-;sda: sda1 sda2\n" + line + "\n", "sda"));

    [Theory]
    [InlineData("6,339,5140900,-;I/O error, dev sdb, sector 4096 op 0x0:(READ)")]
    [InlineData("6,339,5140900,-;I/O error, dev sdaa, sector 4096 op 0x0:(READ)")]
    [InlineData("4,12,99,-;sd 0:0:0:0: [sda] Write cache: enabled, an I/O error was not seen")]
    [InlineData("")]
    public void An_error_of_another_disk_is_none_of_this(string line) => Assert.Null(KernelLog.Errors(line + "\n", "sda"));

    [Fact]
    public void The_last_of_several_is_told() =>
        Assert.Equal(
            "2 I/O errors on sda since the start, the last at sector 9",
            KernelLog.Errors("3,1,1,-;I/O error, dev sda, sector 8 op 0x0\n3,2,2,-;I/O error, dev sda, sector 9 op 0x0\n", "sda"));
}
