using System.Text.Json;
using Allie.Boot.Health;
using Allie.Boot.Trying;
using Xunit;

namespace Allie.Tests.Boot;

public sealed class TrialTests
{
    private static readonly SlotTry Try = new("deb13", 2, SlotState.Trying, "t0", BootId: "boot-1", Baseline: new(["old.service"], true, true, true));

    private static readonly BootRecord Record = new BootRecord().With("b", Try);

    [Theory]
    [InlineData(null, "boot-1", null, "b", null, TrialView.Pending)] // armed, not started anew yet
    [InlineData(null, "boot-2", null, "b", null, TrialView.Pending)] // another start, and a try is left
    [InlineData("b", "boot-2", null, null, "b", TrialView.Running)]
    [InlineData(null, "boot-2", null, null, "b", TrialView.CameBack)]
    [InlineData(null, "boot-2", null, null, null, TrialView.NeverSet)] // cut short between the record and the arming
    [InlineData("b", "boot-2", "b", null, null, TrialView.Committed)] // cut short between the arming and the record
    public void What_a_start_means_for_grub(string? running, string boot, string? byDefault, string? armed, string? tried, TrialView view)
    {
        Assert.Equal(view, TrialViews.Of(Record, new(byDefault, armed, tried, ForgetsTries: false), running, boot));
    }

    [Fact]
    public void A_one_shot_that_is_gone_counts_as_used()
    {
        Assert.Equal(TrialView.CameBack, TrialViews.Of(Record, new(null), null, "boot-2"));
        Assert.Equal(TrialView.None, TrialViews.Of(new(), new(null), "b", "boot-2"));
    }

    [Fact]
    public void A_failed_generation_is_remembered_until_it_is_committed()
    {
        var failed = Record.WithFailure("b", "no route", "t1");

        Assert.Equal((SlotState.Bad, "no route"), (failed["b"]!.State, failed["b"]!.Reason));
        Assert.NotNull(failed.Without("b").Failure("deb13", 2));
        Assert.Null(failed.Failure("deb13", 3));
        Assert.Null(failed.WithCommit("b", "", "t2").Failure("deb13", 2));
        Assert.Null(failed.Trying);
    }

    [Fact]
    public void The_record_is_read_as_it_was_written()
    {
        var all = Record.WithFailure("b", "no route", "t1").With("c", Try) with { Previous = "a" };

        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(all, BootJson.Default.BootRecord), BootJson.Default.BootRecord)!;

        Assert.Equal((SlotState.Bad, "a", "no route", "c"), (read["b"]!.State, read.Previous, read.Failed[0].Reason, read.Trying));
        Assert.Equal(["old.service"], read["c"]!.Baseline!.FailedUnits);
        Assert.False(read.IsEmpty);
    }

    [Fact]
    public void A_new_image_is_asked_for_what_the_old_one_could_do()
    {
        var well = new HealthFacts
        {
            RootUuid = "U", RootIsWritable = true, FailedUnits = ["old.service"], HasRoute = true, ReachesServer = true, HasSsh = true, Now = "2026-11-23T00:00:00Z",
            FreePercent = 40, OverlayExit = 3,
        };
        string[] Failing(HealthFacts facts, HealthBaseline? baseline) =>
            [.. BuiltInChecks.Of(facts, "u", "2026-11-22T00:00:00Z", baseline).Where(c => c.Fails).Select(c => c.Name)];

        Assert.Empty(Failing(well, Try.Baseline));
        Assert.Equal(["root"], Failing(well with { RootUuid = "other" }, Try.Baseline));
        Assert.Equal(["writable"], Failing(well with { RootIsWritable = false }, Try.Baseline));
        Assert.Equal(["units"], Failing(well with { FailedUnits = ["new.service"] }, Try.Baseline));
        Assert.Equal(["route", "server", "ssh"], Failing(well with { HasRoute = false, ReachesServer = false, HasSsh = false, OverlayExit = null }, Try.Baseline));
        Assert.Empty(Failing(well with { HasRoute = false, ReachesServer = false, HasSsh = false, OverlayExit = null }, new([], false, false, false)) .Except(["units"]));
        Assert.Equal(["space"], Failing(well with { FreePercent = 4 }, Try.Baseline));
        Assert.Equal(["overlay"], Failing(well with { OverlayExit = 1 }, Try.Baseline));
    }
}
