using System.Text;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Files;

/// <summary>Each case runs twice: with openat2 and with the walk for kernels that lack it.</summary>
public class ImageRootResolveTests
{
    public static TheoryData<bool> BothWays => [false, true];

    [Theory]
    [MemberData(nameof(BothWays))]
    public void An_absolute_symlink_ends_in_the_image_and_not_in_the_running_system(bool walk)
    {
        using var temp = new TempDirectory();
        Shell.Run("mkdir -p image/etc image/real outside; ln -s $PWD/outside image/escape; ln -s /real image/absolute", temp.Path);
        using var root = Open(temp.At("image"), walk);

        root.WriteFile(ImagePath.Of("absolute/file"), "x"u8, FileMetadata.Root(0x1A4, 0));
        var escape = Assert.Throws<LinuxException>(() => root.WriteFile(ImagePath.Of("escape/file"), "x"u8, FileMetadata.Root(0x1A4, 0)));

        Assert.Equal(Errno.ENOENT, escape.Errno);
        Assert.True(File.Exists(temp.At("image/real/file")));
        Assert.Empty(Directory.GetFileSystemEntries(temp.At("outside")));
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public void A_climbing_symlink_stops_at_the_images_root(bool walk)
    {
        using var temp = new TempDirectory();
        Shell.Run("mkdir -p image/a/b image/etc; ln -s ../../../../../../etc image/a/b/up; echo inside > image/etc/passwd", temp.Path);
        using var root = Open(temp.At("image"), walk);

        Assert.Equal("inside\n", root.TryReadText(ImagePath.Of("a/b/up/passwd")));
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public void A_loop_of_symlinks_is_an_error(bool walk)
    {
        using var temp = new TempDirectory();
        Shell.Run("mkdir image; ln -s b image/a; ln -s a image/b", temp.Path);
        using var root = Open(temp.At("image"), walk);

        Assert.Equal(Errno.ELOOP, Assert.Throws<LinuxException>(() => root.ReadFile(ImagePath.Of("a/x"))).Errno);
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public void The_last_component_is_never_followed(bool walk)
    {
        using var temp = new TempDirectory();
        var outside = temp.Write("outside", "untouched");
        Shell.Run("mkdir image; ln -s ../outside image/link", temp.Path);
        using var root = Open(temp.At("image"), walk);

        root.WriteFile(ImagePath.Of("link"), "new"u8, FileMetadata.Root(0x1A4, 0));

        Assert.Equal("untouched", File.ReadAllText(outside));
        Assert.True(root.Stat(ImagePath.Of("link")).IsRegular);
    }

    [Fact]
    public void The_real_path_goes_through_the_merged_usr_link()
    {
        using var temp = new TempDirectory();
        Shell.Run("mkdir -p image/usr/lib64/deep; ln -s usr/lib64 image/lib64", temp.Path);
        using var root = ImageRoot.Open(temp.At("image"));

        Assert.Equal("usr/lib64/deep/x", root.RealPath(ImagePath.Of("lib64/deep/x")).Raw);
        Assert.Equal("lib64", root.RealPath(ImagePath.Of("lib64")).Raw);
    }

    [Theory]
    [MemberData(nameof(BothWays))]
    public void A_name_that_is_no_utf8_is_written_listed_and_read(bool walk)
    {
        using var temp = new TempDirectory();
        Directory.CreateDirectory(temp.At("image"));
        using var root = Open(temp.At("image"), walk);
        var name = ImagePath.FromBytes([0xff, (byte)'\n', (byte)' ', 0xc3]);

        root.WriteFile(name, "content"u8, FileMetadata.Root(0x1A4, 0));

        Assert.Equal([name.Raw], root.List(ImagePath.Root));
        Assert.Equal("content", Encoding.ASCII.GetString(root.ReadFile(name)));
        Assert.Equal("1", Shell.Run(@"ls image | grep -c . >/dev/null; test -e $'image/\xff\n \xc3' && echo 1", temp.Path));
        Assert.Equal(@"/\xff\x0a \xc3", name.ToString());
    }

    [Fact]
    public void A_fifo_in_place_of_a_file_is_refused_and_does_not_block()
    {
        using var temp = new TempDirectory();
        Shell.Run("mkdir image; mkfifo image/f", temp.Path);
        using var root = ImageRoot.Open(temp.At("image"));

        Assert.Contains("no regular file", Assert.Throws<Allie.Errors.UserError>(() => root.ReadFile(ImagePath.Of("f"))).Message);
    }

    private static ImageRoot Open(string path, bool walk)
    {
        var root = ImageRoot.Open(path);
        root.WalkByComponent = walk;
        return root;
    }
}
