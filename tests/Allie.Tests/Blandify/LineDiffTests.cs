using Allie.Blandify;
using Xunit;

namespace Allie.Tests.Blandify;

public class LineDiffTests
{
    [Theory]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", "-b +x")]
    [InlineData("", "a\n", "+a")]
    [InlineData("a\nb\n", "b\n", "-a")]
    [InlineData("a\nb\nc\nd\n", "b\nc\nx\nd\n", "-a +x")]
    [InlineData("a\n", "a\n", "")]
    public void Only_lines_that_differ_are_shown(string before, string after, string shown) =>
        Assert.Equal(shown, string.Join(' ', LineDiff.Between(before, after)));
}
