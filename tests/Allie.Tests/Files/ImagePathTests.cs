using Allie.Errors;
using Allie.Files;
using CsCheck;
using Xunit;

namespace Allie.Tests.Files;

public class ImagePathTests
{
    [Theory]
    [InlineData("/etc//fstab", "etc/fstab")]
    [InlineData("./a/./b/", "a/b")]
    [InlineData("/", "")]
    [InlineData(".", "")]
    [InlineData("etc/fstab", "etc/fstab")]
    [InlineData("a/.hidden/..b", "a/.hidden/..b")]
    [InlineData("a/b/", "a/b")]
    public void Slashes_and_dots_are_tidied(string text, string raw) => Assert.Equal(raw, ImagePath.Of(text).Raw);

    [Theory]
    [InlineData("../etc")]
    [InlineData("a/../../b")]
    [InlineData("a/..")]
    [InlineData("..")]
    [InlineData("a\0b")]
    public void A_path_that_climbs_is_refused(string text) => Assert.Equal(ExitCode.Refused, Assert.Throws<UserError>(() => ImagePath.Of(text)).ExitCode);

    [Fact]
    public void Any_bytes_survive() =>
        Gen.Byte[1, 255].Where(b => b != '/').Array[1, 40].Sample(bytes =>
        {
            if (bytes is [(byte)'.'] or [(byte)'.', (byte)'.'])
            {
                return;
            }

            Assert.Equal(bytes, ImagePath.FromBytes(bytes).ToBytes());
        });

    [Fact]
    public void Below_means_by_component()
    {
        Assert.True(ImagePath.Of("etc/ssh/x").IsAtOrBelow(ImagePath.Of("etc/ssh")));
        Assert.False(ImagePath.Of("etc/sshd").IsAtOrBelow(ImagePath.Of("etc/ssh")));
        Assert.True(ImagePath.Of("etc").IsAtOrBelow(ImagePath.Root));
    }

    [Fact]
    public void Control_characters_and_bad_bytes_are_shown_escaped() =>
        Assert.Equal(@"/caf" + "\u00e9" + @"\x0a\xff", ImagePath.FromBytes([.. "caf"u8, 0xc3, 0xa9, 0x0a, 0xff]).ToString());
}
