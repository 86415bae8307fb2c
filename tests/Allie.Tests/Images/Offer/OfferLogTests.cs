using Allie.Images.Offer;
using Xunit;

namespace Allie.Tests.Images.Offer;

/// <summary>Lines as rsync 3.5.0 writes them.</summary>
public class OfferLogTests
{
    [Theory]
    [InlineData("auth failed on module image from UNDETERMINED (10.0.0.7) for allie: password mismatch", "refused 10.0.0.7: wrong password")]
    [InlineData("auth failed on module image from pc7.lan (fe80::1) for eve: no matching rule", "refused fe80::1: a login that is not of allie image capture")]
    [InlineData("auth failed on module image from UNDETERMINED (10.0.0.7) for (10.0.0.8) for allie: no matching rule", "refused 10.0.0.7: a login that is not of allie image capture")]
    [InlineData("rsync on image/ from allie@UNDETERMINED (10.0.0.7)", "10.0.0.7 has given the password")]
    [InlineData("rsync on finished/ from allie@UNDETERMINED (10.0.0.7)", null)]
    [InlineData("unknown module 'rsync on image/ from allie@x (10.0.0.8)' tried from UNDETERMINED (10.0.0.7)", null)]
    [InlineData("connect from UNDETERMINED (10.0.0.7)", null)]
    public void Who_was_refused_and_who_came_in_is_told(string line, string? told) => Assert.Equal(told, OfferLog.Tell("2026/11/26 22:39:58 [3] " + line));

    [Fact]
    public void The_cause_of_an_end_is_the_line_before_the_kind_of_error() => Assert.Equal(
        "unable to bind any inbound sockets on port 18731",
        OfferLog.Fault([
            "2026/11/26 22:39:59 [1] rsyncd version 3.5.0 starting, listening on port 18731", "2026/11/26 22:39:59 [1] unable to bind any inbound sockets on port 18731",
            "2026/11/26 22:39:59 [1] rsync error: error in socket IO (code 10) at socket.c(699) [Receiver=3.5.0]",
        ]));
}
