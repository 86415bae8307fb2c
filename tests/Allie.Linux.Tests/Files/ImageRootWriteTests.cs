using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Files;

public class ImageRootWriteTests
{
    [Fact]
    public void A_rewrite_breaks_hard_links_and_keeps_mode_and_owner()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        using var temp = new TempDirectory();
        Shell.Run("echo old > a; chmod 4750 a; chown 12:34 a; chmod 4750 a; ln a other", temp.Path);
        using var root = ImageRoot.Open(temp.Path);

        root.RewriteFile(ImagePath.Of("a"), "new"u8, FileMetadata.Root(0x1A4, 0));

        Assert.Equal("4750 12 34 1", Shell.Run("stat -c '%a %u %g %h' a", temp.Path));
        Assert.Equal("old", Shell.Run("cat other", temp.Path));
    }

    [Fact]
    public void A_copy_keeps_holes_xattrs_capabilities_acls_owner_and_nanoseconds()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        using var temp = new TempDirectory();
        Shell.Run(
            """
            mkdir a b
            truncate -s 50M a/f; printf x | dd of=a/f bs=1 seek=20000000 conv=notrunc status=none
            chown 7:8 a/f; setfattr -n user.note -v hello a/f; setfattr -n trusted.t -v 1 a/f
            setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 a/f
            setfacl -m u:99:r a/f; touch -d '2001-02-03 04:05:06.123456789' a/f
            """, temp.Path);
        using var from = ImageRoot.Open(temp.At("a"));
        using var to = ImageRoot.Open(temp.At("b"));

        to.CopyFrom(from, ImagePath.Of("f"), ImagePath.Of("g"));

        Shell.Run("cmp a/f b/g", temp.Path);
        Assert.Equal(Shell.Run("getfattr -d -m - --absolute-names a/f | grep -v '^#'", temp.Path), Shell.Run("getfattr -d -m - --absolute-names b/g | grep -v '^#'", temp.Path));
        Assert.Equal(Shell.Run("stat -c '%a %u %g %y %s' a/f", temp.Path), Shell.Run("stat -c '%a %u %g %y %s' b/g", temp.Path));
        Assert.InRange(long.Parse(Shell.Run("du -k b/g | cut -f1", temp.Path)), 1, 1000);
        Assert.True(to.Stat(ImagePath.Of("g")).IsSparse);
        Assert.True(to.SameContent(ImagePath.Of("g"), from, ImagePath.Of("f")));
    }

    [Theory]
    [InlineData("btrfs", 0, 1000)]
    [InlineData("xfs", 0, 1000)]
    [InlineData("ext4", 8000, 9000)]
    public void A_copy_shares_its_blocks_where_the_file_system_can_and_is_a_file_of_its_own_everywhere(string fileSystem, int least, int most)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: loop device, mounts");
        using var temp = new TempDirectory();
        Shell.Run($"truncate -s 320M disk; mkfs.{fileSystem} -q disk; mkdir m; exec 9>/run/lock/allie-test-loop; flock 9; mount -o loop disk m", temp.Path);
        try
        {
            Shell.Run("head -c 8M /dev/urandom >m/f; truncate -s 50M m/f; chown 7:8 m/f; sync -f m", temp.Path);
            var before = Used();
            using var root = ImageRoot.Open(temp.At("m"));

            root.CopyFrom(root, ImagePath.Of("f"), ImagePath.Of("g"));

            Assert.InRange(Used() - before, least, most);
            Assert.Equal(Shell.Run("stat -c '%a %u %g %y %s' f", temp.At("m")), Shell.Run("cmp f g; stat -c '%a %u %g %y %s' g", temp.At("m")));
            Assert.True(root.Stat(ImagePath.Of("g")).IsSparse);
            Assert.NotEqual("same", Shell.Run("sum=$(md5sum <f); head -c 1M /dev/zero | dd of=g conv=notrunc status=none; ! cmp -s f g || echo same; [ \"$(md5sum <f)\" = \"$sum\" ]", temp.At("m")));
        }
        finally
        {
            Shell.Run("umount m", temp.Path);
        }

        int Used() => int.Parse(Shell.Run("sync -f m; df --output=used -k m | tail -n 1", temp.Path));
    }

    [Fact]
    public void Symlinks_fifos_and_devices_are_copied_as_themselves()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        using var temp = new TempDirectory();
        Shell.Run("mkdir a b; ln -s /no/where a/l; chown -h 5:6 a/l; mkfifo -m 640 a/p; mknod a/d c 5 260", temp.Path);
        using var from = ImageRoot.Open(temp.At("a"));
        using var to = ImageRoot.Open(temp.At("b"));

        foreach (var name in from.List(ImagePath.Root))
        {
            to.CopyFrom(from, ImagePath.FromRaw(name), ImagePath.FromRaw(name));
        }

        const string Facts = "for f in *; do stat -c '%n %F %a %u %g %t %T %N' $f; done";
        Assert.Equal(Shell.Run(Facts, temp.At("a")), Shell.Run(Facts, temp.At("b")));
    }

    [Fact]
    public void A_write_that_fails_leaves_no_temporary_file()
    {
        using var temp = new TempDirectory();
        Shell.Run("mkdir -p target/nonempty/x", temp.Path);
        using var root = ImageRoot.Open(temp.At("target"));

        Assert.Throws<Allie.Linux.Native.LinuxException>(() => root.WriteFile(ImagePath.Of("nonempty"), "x"u8, FileMetadata.Root(0x1A4, 0)));

        Assert.Equal(["nonempty"], root.List(ImagePath.Root));
    }
}
