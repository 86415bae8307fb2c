using Allie.Linux.Files;
using Allie.Linux.Native;
using Xunit;

namespace Allie.Linux.Tests.Files;

public class PrivateDirectoryTests
{
    [Fact]
    public void It_alone_is_private_and_one_that_is_there_stays_as_it_is()
    {
        var top = Directory.CreateTempSubdirectory("allie-private-");
        try
        {
            PrivateDirectory.Make(top + "/a/b/");
            Assert.Equal(0x1C0, (int)File.GetUnixFileMode(top + "/a/b"));
            Assert.Equal(File.GetUnixFileMode(Directory.CreateDirectory(top + "/usual").FullName), File.GetUnixFileMode(top + "/a"));
            File.SetUnixFileMode(top + "/a/b", (UnixFileMode)0x1ED);
            PrivateDirectory.Make(top + "/a/b");
            Assert.Equal(0x1ED, (int)File.GetUnixFileMode(top + "/a/b"));

            File.WriteAllText(top + "/file", "");
            Assert.All(["/file", "/file/x/y"], p => Assert.Equal($"cannot make the directory {top}/file: file exists", Assert.Throws<LinuxException>(() => PrivateDirectory.Make(top + p)).Message));
        }
        finally
        {
            top.Delete(recursive: true);
        }
    }

    [Fact]
    public void Where_none_can_be_made_the_first_that_fails_is_named() =>
        Assert.Equal("cannot make the directory /proc/nowhere: no such file or directory", Assert.Throws<LinuxException>(() => PrivateDirectory.Make("/proc/nowhere/run")).Message);
}
