using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Images;

/// <summary>What a generation costs on a store of btrfs and XFS, which can share blocks of separate files, and of ext4, which cannot.</summary>
[Collection("loop devices")]
public sealed class SharedBlocksTests
{
    private const int Megabyte = 1024;

    [Theory]
    [InlineData("btrfs", true)]
    [InlineData("xfs", true)]
    [InlineData("ext4", false)]
    public void Files_with_the_same_bytes_share_blocks_where_the_file_system_can_and_are_whole_everywhere(string fileSystem, bool canShare)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: loop device, mounts");
        var directory = Directory.CreateTempSubdirectory("allie-test-").FullName;
        try
        {
            var grown = Shell.Run($"ALLIE_BINARY={Binary.Path} unshare -m --propagation private bash {Binary.Repository}/tests/Allie.EndToEnd/Images/shared-blocks.sh {fileSystem} {directory}")
                .Split('\n').Select(int.Parse).ToList();

            var (edit, retouched, anew) = (grown[0], grown[1], grown[2]);
            if (canShare)
            {
                Assert.InRange(edit, 0, Megabyte);
                Assert.InRange(retouched, 0, Megabyte);
                Assert.InRange(anew, 2 * Megabyte, 4 * Megabyte); // the changed one, and the one that differs from what rotted
            }
            else
            {
                Assert.InRange(edit, 22 * Megabyte, 26 * Megabyte);
                Assert.InRange(retouched, 20 * Megabyte, 24 * Megabyte);
                Assert.InRange(anew, 22 * Megabyte, 26 * Megabyte);
            }
        }
        finally
        {
            Shell.Run($"rm -rf --one-file-system {directory}");
        }
    }
}
