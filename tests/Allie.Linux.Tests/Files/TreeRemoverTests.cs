using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Files;

public class TreeRemoverTests
{
    [Fact]
    public void A_tree_goes_and_what_its_links_point_to_stays()
    {
        using var temp = new TempDirectory();
        Shell.Run("mkdir -p keep tree/a/b/c; echo x > keep/file; ln -s ../../keep tree/a/link; ln keep/file tree/hard; mkfifo tree/p", temp.Path);

        TreeRemover.Remove(temp.At("tree"));

        Assert.Equal(["keep"], Directory.GetFileSystemEntries(temp.Path).Select(Path.GetFileName));
        Assert.True(File.Exists(temp.At("keep/file")));
    }

    [Fact]
    public void Nothing_behind_a_bind_mount_is_touched()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        using var temp = new TempDirectory();
        Shell.Run("mkdir -p source tree/a/mounted; echo precious > source/file; mount --bind source tree/a/mounted", temp.Path);
        try
        {
            var failure = Assert.Throws<LinuxException>(() => TreeRemover.Remove(temp.At("tree")));

            Assert.Equal(Errno.EXDEV, failure.Errno);
            Assert.Equal("precious", Shell.Run("cat source/file", temp.Path));
        }
        finally
        {
            Shell.Run("umount tree/a/mounted", temp.Path);
        }
    }

    [Fact]
    public void What_is_absent_is_fine()
    {
        using var temp = new TempDirectory();

        TreeRemover.Remove(temp.At("none"));
    }
}
