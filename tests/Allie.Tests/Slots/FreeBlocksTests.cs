using Allie.Slots;
using Xunit;

namespace Allie.Tests.Slots;

public sealed class FreeBlocksTests
{
    [Fact]
    public void All_that_is_not_free_is_carried()
    {
        const string Dump = "Block count:              100\nFree blocks:              60\nBlock size:               4096\n"
            + "Group 0: (Blocks 0-49)\n  Free blocks: 10-19, 30\n  Free inodes: 5-9\nGroup 1: (Blocks 50-99)\n  Free blocks: 50-98\n";

        Assert.Equal([(0, 10 * 4096), (20 * 4096, 30 * 4096), (31 * 4096, 50 * 4096), (99 * 4096, 100 * 4096)], FreeBlocks.UsedRanges(Dump)!);
    }

    [Fact]
    public void A_full_group_has_an_empty_list_and_another_text_is_none()
    {
        Assert.Equal([(0, 4 * 1024)], FreeBlocks.UsedRanges("Block count: 4\nBlock size: 1024\n  Free blocks: \n")!);
        Assert.Null(FreeBlocks.UsedRanges("dumpe2fs: Bad magic number\n"));
    }
}
