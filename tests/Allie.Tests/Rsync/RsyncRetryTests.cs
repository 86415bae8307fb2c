using Allie.Rsync;
using CsCheck;
using Xunit;

namespace Allie.Tests.Rsync;

public class RsyncRetryTests
{
    [Fact]
    public void A_server_that_is_full_is_asked_again_for_four_minutes_at_least_and_never_for_ever() =>
        Gen.Double[0, 1].Sample(random =>
        {
            var waits = Enumerable.Range(1, 100).Select(n => new RsyncRetry(3).After(n, 0, random)).TakeWhile(w => w is not null).ToList();

            Assert.Equal(12, waits.Count);
            Assert.InRange(waits.Sum(w => w!.Value.TotalSeconds), 240, 365);
        });

    [Fact]
    public void What_is_broken_is_tried_three_times()
    {
        var retry = new RsyncRetry(3);

        Assert.Equal([1, 2, -1], new[] { 1, 2, 3 }.Select(n => retry.After(n, n, 0)?.TotalSeconds ?? -1));
        Assert.Null(new RsyncRetry(1).After(1, 0, 1));
    }

    [Fact]
    public void That_it_was_full_before_takes_no_try_from_what_is_broken_then()
    {
        var retry = new RsyncRetry(3);

        Assert.Equal([16, 30, -1], new[] { 1, 2, 3 }.Select(broken => retry.After(4 + broken, broken, 0)?.TotalSeconds ?? -1));
    }

    [Fact]
    public void The_jitter_is_up_to_half_as_much_again() => Assert.Equal(1.5, new RsyncRetry(3).After(1, 0, 1)!.Value.TotalSeconds);
}
