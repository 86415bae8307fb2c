using Allie.Overlays.Diff;
using Xunit;

namespace Allie.Tests.Overlays;

public class UnifiedDiffTests
{
    [Fact]
    public void Hunks_have_line_numbers_and_three_lines_around()
    {
        var before = string.Concat(Enumerable.Range(1, 20).Select(i => i + "\n"));
        var after = before.Replace("5\n6\n", "five\n6\n", StringComparison.Ordinal).Replace("18\n", "", StringComparison.Ordinal);

        Assert.Equal(
            ["@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8", "@@ -15,6 +15,5 @@", " 15", " 16", " 17", "-18", " 19", " 20"],
            UnifiedDiff.Between(before, after));
    }

    [Theory]
    [InlineData("", "a\n", "@@ -0,0 +1 @@|+a")]
    [InlineData("a\n", "", "@@ -1 +0,0 @@|-a")]
    [InlineData("a", "a\n", "@@ -1 +1 @@|-a\n\\ No newline at end of file|+a")]
    [InlineData("a\n", "a\n", "")]
    public void Ends_are_told_as_diff_tells_them(string before, string after, string lines) =>
        Assert.Equal(lines, string.Join('|', UnifiedDiff.Between(before, after)));
}
