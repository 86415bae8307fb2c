using Allie.Files;
using Allie.Images.Digests;
using Xunit;

namespace Allie.Tests.Images.Digests;

public sealed class PathListTests
{
    private static readonly ImagePath[] Paths = [.. new[] { "usr/share/doc", "", "usr", "usr/share", "usr/share/\u00ff name", "#etc\nodd" }.Select(ImagePath.FromRaw)];

    [Fact]
    public void What_was_written_is_read_in_order_as_often_as_wanted()
    {
        var list = PathList.TryParse(PathList.Format(Paths))!;

        Assert.Equal(Paths.Order(), list.All);
        Assert.Equal(Paths.Order(), list.All);
        Assert.Empty(PathList.TryParse(PathList.Format([]))!.All);
    }

    [Fact]
    public void Damage_anywhere_is_no_list()
    {
        var bytes = PathList.Format(Paths);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.Null(PathList.TryParse(bytes));
            bytes[i] ^= 0x10;
        }

        Assert.Null(PathList.TryParse(bytes[..^1]));
        Assert.Null(PathList.TryParse([]));
    }
}
