using Allie.Overlays;
using Xunit;

namespace Allie.Tests.Overlays;

public class NetworkFileSystemTests
{
    [Theory]
    [InlineData("nfs4", true)]
    [InlineData("cifs", true)]
    [InlineData("fuse.sshfs", true)]
    [InlineData("autofs", true)]
    [InlineData("ext4", false)]
    [InlineData("fuseblk", false)]
    [InlineData("nfsd", false)]
    public void What_other_PCs_share_is_told_from_what_is_this_PCs_own(string type, bool isNetwork) => Assert.Equal(isNetwork, NetworkFileSystem.Is(type));
}
