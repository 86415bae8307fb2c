using Allie.Rsync;
using CsCheck;
using Xunit;

namespace Allie.Tests.Rsync;

public class RsyncRetryTests
{
    [Fact]
    public void A_server_that_is_full_is_asked_again_for_a_minute_and_a_half_at_least_and_never_for_ever() =>
        Gen.Double[0, 1].Sample(random =>
        {
            var waits = Enumerable.Range(1, 100).Select(n => new RsyncRetry(3).After(n, true, random)).TakeWhile(w => w is not null).ToList();

            Assert.Equal(7, waits.Count);
            Assert.InRange(waits.Sum(w => w!.Value.TotalSeconds), 90, 140);
        });

    [Fact]
    public void What_is_broken_is_tried_three_times()
    {
        var retry = new RsyncRetry(3);

        Assert.Equal([1, 2, -1], new[] { 1, 2, 3 }.Select(n => retry.After(n, false, 0)?.TotalSeconds ?? -1));
        Assert.Null(new RsyncRetry(1).After(1, true, 0));
    }

    [Fact]
    public void The_jitter_is_up_to_half_as_much_again() => Assert.Equal(1.5, new RsyncRetry(3).After(1, true, 1)!.Value.TotalSeconds);
}
