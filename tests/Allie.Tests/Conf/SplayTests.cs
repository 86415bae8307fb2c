using Allie.Conf;
using Xunit;

namespace Allie.Tests.Conf;

public class SplayTests
{
    [Fact]
    public void A_thousand_PCs_are_spread_over_the_whole_span_and_each_keeps_its_time()
    {
        var waits = Enumerable.Range(1, 1000).Select(n => Splay.For($"pc{n:0000}", Splay.UnderCron)).ToList();

        Assert.All(waits, w => Assert.InRange(w, TimeSpan.Zero, Splay.UnderCron));
        Assert.All(waits.GroupBy(w => (int)w.TotalMinutes), minute => Assert.InRange(minute.Count(), 10, 60));
        Assert.Equal(30, waits.GroupBy(w => (int)w.TotalMinutes).Count());
        Assert.Equal(waits[6], Splay.For("pc0007", Splay.UnderCron));
    }

    [Fact]
    public void No_span_is_no_wait() => Assert.Equal(TimeSpan.Zero, Splay.For("pc1", TimeSpan.Zero));
}
