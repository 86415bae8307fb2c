using Allie.Overlays;
using Xunit;

namespace Allie.Tests.Overlays;

public class DisabledMarkTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void It_reads_back_what_it_wrote_and_ends_by_itself()
    {
        var mark = new DisabledMark("a \"driver\"", Now, Now.AddHours(8));

        Assert.Equal(mark, DisabledMark.Parse(mark.Format()));
        Assert.False(mark.IsOver(Now.AddHours(7)));
        Assert.True(mark.IsOver(Now.AddHours(8)));
        Assert.False(new DisabledMark("x", Now, null).IsOver(Now.AddYears(9)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"reason\": 3}")]
    [InlineData("[]")]
    public void A_damaged_mark_still_stands(string text) => Assert.False(DisabledMark.Parse(text).IsOver(Now.AddYears(9)));
}
