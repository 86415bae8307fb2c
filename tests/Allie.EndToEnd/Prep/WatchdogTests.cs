using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>rsync's own --timeout does not end a client that waits for a silent server; ours must. Between two network namespaces, so that no other host can answer.</summary>
[Collection("loop devices")]
public sealed class WatchdogTests : IDisposable
{
    private const int Slow = 300;
    private readonly TrialPc _pc = new();
    private readonly TwoNetworks _network;

    public WatchdogTests()
    {
        _network = new();
        _pc.Network = _network;
        _pc.Settings(patience: 3);
    }

    public void Dispose()
    {
        _pc.Dispose();
        _network.Dispose();
    }

    [Theory]
    [InlineData("a server that hangs")]
    [InlineData("a cable that is pulled")]
    public void A_transfer_that_stands_still_is_ended_and_goes_on_later(string fault)
    {
        Serve(Slow);
        using var run = _pc.Start("", "prep", "deb13", "-y");
        Until(() => _pc.JournalDone is "Format" or "Seed" && TrialPc.BytesMoved(run.Id) > 1_500_000, "the transfer did not begin");

        Break(fault, fired: true);
        var cut = TrialPc.End(run);

        Assert.True(cut.ExitCode == 5, cut.Errors);

        // A pulled cable is noticed by the second try itself.
        Assert.True(cut.Errors.Contains(fault.StartsWith("a cable", StringComparison.Ordinal) ? "No route to host" : "moved no data for 3 s and was ended", StringComparison.Ordinal), cut.Errors);
        Assert.True(_pc.JournalIsThere);
        Assert.Equal(["grub.cfg"], Directory.GetFiles(_pc.Grub).Select(Path.GetFileName));

        Break(fault, fired: false);
        _pc.Server.Kill();
        Serve(0);
        var again = _pc.Allie("prep", "deb13");
        Assert.True(again.ExitCode == 0, again.Errors);
        _pc.AssertIsTheImage(_pc.Disk.SlotA, 1);
    }

    private void Serve(int kilobytesPerSecond)
    {
        _pc.Server.Start(kilobytesPerSecond, _network);
        var knock = $"{string.Join(' ', _network.Client)} bash -c '(exec 3<>/dev/tcp/{TwoNetworks.ServerAddress}/{_pc.Server.Port}) 2>/dev/null && echo yes || true'";
        Until(() => Shell.Run(knock) == "yes", "rsyncd did not start");
    }

    private void Break(string fault, bool fired)
    {
        if (fault.StartsWith("a cable", StringComparison.Ordinal))
        {
            _network.Cable(up: !fired);
        }
        else
        {
            _pc.Server.Signal(fired ? "STOP" : "CONT");
        }
    }

    private static void Until(Func<bool> happened, string otherwise)
    {
        for (var tries = 0; !happened(); tries++)
        {
            Assert.True(tries < 600, otherwise);
            Task.Delay(100).Wait();
        }
    }
}
