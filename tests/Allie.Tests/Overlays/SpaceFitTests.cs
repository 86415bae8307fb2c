using Allie.Files;
using Allie.Overlays;
using Xunit;

namespace Allie.Tests.Overlays;

public class SpaceFitTests
{
    private static readonly ImagePath Boot = ImagePath.Of("boot");

    [Fact]
    public void A_file_that_does_not_fit_keeps_no_smaller_one_out()
    {
        var plan = Fit([Step("etc/a"), Step("etc/big"), Step("etc/c")], s => s.Path.Name == "big" ? 4096 : 1024, free: 2048);

        Assert.Equal(["/etc/a", "/etc/c"], plan.Steps.Select(s => s.Target));
        Assert.Equal(
            "no space: it takes 4 KiB, with the copies that undo needs, and the file system of / has 2 KiB free, 1 KiB beside the other files of this run; make room there, and the next run does it",
            Assert.Single(plan.Faults).Reason);
    }

    [Fact]
    public void Two_mounts_of_one_file_system_share_its_room()
    {
        var account = new SpaceAccount(1500);

        var plan = SpaceFit.Of(new([Step("etc/a"), Step("boot/b")], [], 0), s => [new(s.Path.Parent == Boot ? Boot : ImagePath.Root, 1000)], _ => account);

        Assert.Equal(["/etc/a"], plan.Steps.Select(s => s.Target));
    }

    [Fact]
    public void What_is_decided_anew_later_takes_no_room_now() =>
        Assert.Equal(2, Fit([Step("etc/a") with { Later = true }, Step("etc/b")], _ => 2000, free: 2048).Steps.Count);

    [Fact]
    public void What_fits_stays_the_same_plan()
    {
        var plan = new OverlayPlan([Step("etc/a")], [], 1);

        Assert.Same(plan, SpaceFit.Of(plan, _ => [], _ => new(0)));
    }

    private static OverlayPlan Fit(IReadOnlyList<OverlayStep> steps, Func<OverlayStep, long> bytes, long free)
    {
        var account = new SpaceAccount(free);
        return SpaceFit.Of(new(steps, [], 0), s => [new(ImagePath.Root, bytes(s))], _ => account);
    }

    private static OverlayStep Step(string path) => new(ImagePath.Of(path), OverlayAction.Install, "new", null);
}
