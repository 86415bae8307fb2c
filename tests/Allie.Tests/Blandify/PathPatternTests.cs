using Allie.Blandify;
using Allie.Blandify.Table;
using Allie.Errors;
using Xunit;

namespace Allie.Tests.Blandify;

public class PathPatternTests
{
    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("a/*", "a/.hidden a/b a/c.txt a/\xff")]
    [InlineData("a/?", "a/b a/\xff")]
    [InlineData("a/*.txt", "a/c.txt")]
    [InlineData("a/[b-d]*", "a/b a/c.txt")]
    [InlineData("a/{b,c.txt,none}", "a/b a/c.txt")]
    [InlineData("{a,d}/**/x*", "d/e/f/xy d/x")]
    [InlineData("{a{/b,},d/x}", "a a/b d/x")]
    [InlineData("run/x", "var/r/x")]
    [InlineData("d/l*/b", "")]
    [InlineData("d/link/b", "a/b")]
    public void A_pattern_finds(string pattern, string found)
    {
        var tree = new ChangedTree(new MemoryTree(
            ("a/b", ""), ("a/.hidden", ""), ("a/c.txt", ""), ("a/\xff", ""), ("d/x", ""), ("d/e/f/xy", ""), ("run", "-> /var/r"), ("d/link", "-> /a"), ("var/r/x", "")));

        Assert.Equal(found, string.Join(' ', PathPattern.Parse(pattern).Match(tree).Select(f => tree.Real(f.Path).Raw).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("*")]
    [InlineData("**/x")]
    [InlineData("{etc,*}/x")]
    [InlineData("etc/../../x")]
    public void A_pattern_that_takes_in_the_whole_image_or_leaves_it_is_refused(string pattern) =>
        Assert.Equal(2, Assert.Throws<UserError>(() => PathPattern.Parse(pattern)).ExitCode);

    [Fact]
    public void Links_that_go_round_end_nowhere()
    {
        var tree = new ChangedTree(new MemoryTree(("a", "-> b"), ("b", "-> /a"), ("c", "-> ../../../c")));

        Assert.Empty(PathPattern.Parse("{a,b,c}/x").Match(tree));
        Assert.Null(tree.Follow(Allie.Files.ImagePath.Of("a")));
    }
}
