using Allie.Files;
using Allie.Overlays;
using Allie.Overlays.Layers;
using Allie.Overlays.State;
using Xunit;

namespace Allie.Tests.Overlays;

/// <summary>The decision table of docs/design/overlays.md, row by row.</summary>
public class OverlayDecisionTests
{
    private static readonly ImagePath Path = ImagePath.Of("etc/x");

    private static OverlayPlan Plan(PathState state) =>
        OverlayPlanner.Plan(new(new Dictionary<ImagePath, Wanted>(), []), [state], new(ImagePath.Of("var/lib/allie")));

    private static PathState At(
        WantedKind? wanted, StateKind applied, StateKind undo, FileKind? current, string same = "", bool replace = false, bool own = false) =>
        new(Path, wanted is { } kind ? new(Path, kind, "all", Path, replace, own) : null, applied, undo, current,
            same.Contains('W'), same.Contains('A'), same.Contains('U'));

    [Theory]
    [InlineData("nothing", WantedKind.Entry, StateKind.Entry, StateKind.Entry, FileKind.Regular, "WA", null, false)]
    [InlineData("adopt and keep a copy", WantedKind.Entry, StateKind.None, StateKind.None, FileKind.Regular, "W", OverlayAction.Adopt, true)]
    [InlineData("adopt, undo is there", WantedKind.Entry, StateKind.Entry, StateKind.Entry, FileKind.Regular, "W", OverlayAction.Adopt, false)]
    [InlineData("new", WantedKind.Entry, StateKind.None, StateKind.None, null, "", OverlayAction.Install, true)]
    [InlineData("over the image's own", WantedKind.Entry, StateKind.None, StateKind.None, FileKind.Regular, "", OverlayAction.Install, true)]
    [InlineData("over a symlink", WantedKind.Entry, StateKind.None, StateKind.None, FileKind.Symlink, "", OverlayAction.Install, true)]
    [InlineData("layer changed", WantedKind.Entry, StateKind.Entry, StateKind.Entry, FileKind.Regular, "A", OverlayAction.Install, false)]
    [InlineData("drift", WantedKind.Entry, StateKind.Entry, StateKind.Entry, FileKind.Regular, "", OverlayAction.Install, true)]
    [InlineData("deleted here: undo stays", WantedKind.Entry, StateKind.Entry, StateKind.Entry, null, "", OverlayAction.Install, false)]
    [InlineData("withdrawn, restored", null, StateKind.Entry, StateKind.Entry, FileKind.Regular, "A", OverlayAction.Restore, false)]
    [InlineData("withdrawn, was not there", null, StateKind.Entry, StateKind.Absent, FileKind.Regular, "A", OverlayAction.Remove, false)]
    [InlineData("withdrawn, changed here", null, StateKind.Entry, StateKind.Entry, FileKind.Regular, "", OverlayAction.Left, false)]
    [InlineData("withdrawn, undo lost", null, StateKind.Entry, StateKind.None, FileKind.Regular, "A", OverlayAction.Left, false)]
    [InlineData("withdrawn, already restored", null, StateKind.Entry, StateKind.Entry, FileKind.Regular, "U", OverlayAction.Forget, false)]
    [InlineData("never ours", null, StateKind.None, StateKind.None, FileKind.Regular, "", null, false)]
    [InlineData("whiteout", WantedKind.Absent, StateKind.None, StateKind.None, FileKind.Regular, "", OverlayAction.Remove, true)]
    [InlineData("whiteout of a tree", WantedKind.Absent, StateKind.None, StateKind.None, FileKind.Directory, "", OverlayAction.Remove, true)]
    [InlineData("whiteout of our own file", WantedKind.Absent, StateKind.Entry, StateKind.Entry, FileKind.Regular, "A", OverlayAction.Remove, false)]
    [InlineData("whiteout, gone already", WantedKind.Absent, StateKind.Absent, StateKind.Entry, null, "A", null, false)]
    [InlineData("whiteout, never there", WantedKind.Absent, StateKind.None, StateKind.None, null, "", OverlayAction.Adopt, true)]
    [InlineData("whiteout withdrawn", null, StateKind.Absent, StateKind.Tree, null, "A", OverlayAction.Restore, false)]
    [InlineData("keep is as withdrawn", WantedKind.Keep, StateKind.Entry, StateKind.Entry, FileKind.Regular, "A", OverlayAction.Restore, false)]
    [InlineData("keep, never ours", WantedKind.Keep, StateKind.None, StateKind.None, FileKind.Regular, "", null, false)]
    [InlineData("directory there", WantedKind.Directory, StateKind.None, StateKind.None, FileKind.Directory, "", null, false)]
    [InlineData("directory new", WantedKind.Directory, StateKind.None, StateKind.None, null, "", OverlayAction.MakeDirectory, true)]
    [InlineData("directory of ours, as wanted", WantedKind.Directory, StateKind.Directory, StateKind.Absent, FileKind.Directory, "WA", null, false)]
    [InlineData("directory of ours, another mode in the layer", WantedKind.Directory, StateKind.Directory, StateKind.Absent, FileKind.Directory, "A", OverlayAction.SetMetadata, false)]
    [InlineData("directory of ours, its copy of before is lost", WantedKind.Directory, StateKind.Directory, StateKind.None, FileKind.Directory, "A", null, false)]
    [InlineData("directory withdrawn", null, StateKind.Directory, StateKind.Absent, FileKind.Directory, "A", OverlayAction.RemoveDirectory, false)]
    [InlineData("no whiteout any more, a directory", WantedKind.Directory, StateKind.Absent, StateKind.Tree, null, "A", OverlayAction.Restore, false)]
    [InlineData("once, missing", WantedKind.Once, StateKind.None, StateKind.None, null, "", OverlayAction.Install, false)]
    [InlineData("once, there", WantedKind.Once, StateKind.None, StateKind.None, FileKind.Regular, "", null, false)]
    public void Each_row_of_the_table_gives_its_step(
        string row, WantedKind? wanted, StateKind applied, StateKind undo, FileKind? current, string same, OverlayAction? action, bool saves)
    {
        var plan = Plan(At(wanted, applied, undo, current, same));

        Assert.Empty(plan.Faults);
        Assert.True(action == plan.Steps.SingleOrDefault()?.Do, row);
        Assert.Equal(saves, plan.Steps.SingleOrDefault()?.SaveUndo ?? false);
    }

    [Theory]
    [InlineData(WantedKind.Entry, FileKind.Directory)]
    [InlineData(WantedKind.Directory, FileKind.Regular)]
    public void A_directory_and_a_file_do_not_replace_each_other_unless_a_whiteout_says_so(WantedKind wanted, FileKind current)
    {
        var clash = Plan(At(wanted, StateKind.None, StateKind.None, current));
        var meant = Plan(At(wanted, StateKind.None, StateKind.None, current, replace: true));

        Assert.Empty(clash.Steps);
        Assert.Contains(".wh.x", Assert.Single(clash.Faults).Reason);
        Assert.True(Assert.Single(meant.Steps).SaveUndo);
    }

    [Theory]
    [InlineData(WantedKind.Entry, StateKind.Absent, StateKind.Tree, null)]
    [InlineData(WantedKind.Entry, StateKind.Entry, StateKind.Tree, FileKind.Regular)]
    [InlineData(WantedKind.Directory, StateKind.Absent, StateKind.Entry, null)]
    [InlineData(WantedKind.Directory, StateKind.Directory, StateKind.Entry, FileKind.Directory)]
    [InlineData(WantedKind.Directory, StateKind.Entry, StateKind.Entry, FileKind.Regular)]
    public void A_clash_with_what_the_image_had_is_one_whatever_an_earlier_layer_made_of_it(WantedKind wanted, StateKind applied, StateKind undo, FileKind? current)
    {
        var plan = Plan(At(wanted, applied, undo, current, "A"));

        Assert.Empty(plan.Steps);
        Assert.Contains(".wh.x", Assert.Single(plan.Faults).Reason);
        Assert.Empty(Plan(At(wanted, applied, undo, current, "A", replace: true)).Faults);
    }

    [Fact]
    public void Our_own_file_that_gives_way_to_a_directory_never_becomes_what_undo_keeps()
    {
        var step = Assert.Single(Plan(At(WantedKind.Directory, StateKind.Entry, StateKind.Entry, FileKind.Regular, "A", replace: true)).Steps);

        Assert.Equal((OverlayAction.MakeDirectory, false), (step.Do, step.SaveUndo));
    }

    [Fact]
    public void The_metadata_of_an_existing_directory_is_set_only_with_allie_dir()
    {
        var step = Assert.Single(Plan(At(WantedKind.Directory, StateKind.None, StateKind.None, FileKind.Directory, own: true)).Steps);
        var withdrawn = Assert.Single(Plan(At(WantedKind.Directory, StateKind.Directory, StateKind.Directory, FileKind.Directory, "A")).Steps);

        Assert.Equal((OverlayAction.SetMetadata, true), (step.Do, step.SaveUndo));
        Assert.Equal(OverlayAction.Restore, withdrawn.Do);
    }

    [Theory]
    [InlineData("proc/x", WantedKind.Entry)]
    [InlineData("run/x", WantedKind.Directory)]
    [InlineData("etc", WantedKind.Absent)]
    [InlineData("usr", WantedKind.Entry)]
    [InlineData("lib64", WantedKind.Absent)]
    [InlineData("var/lib/allie/applied/x", WantedKind.Entry)]
    public void What_an_image_stands_on_is_never_touched(string path, WantedKind kind)
    {
        var place = ImagePath.Of(path);
        var state = new PathState(place, new(place, kind, "all", place), StateKind.None, StateKind.None, FileKind.Symlink, false, false, false);

        Assert.Empty(Plan(state).Steps);
        Assert.Single(Plan(state).Faults);
    }

    [Fact]
    public void What_is_in_a_directory_that_cannot_be_made_is_left_too()
    {
        var inside = Path.Join("y");
        PathState[] states =
        [
            At(WantedKind.Directory, StateKind.None, StateKind.None, FileKind.Regular),
            new(inside, new(inside, WantedKind.Entry, "all", inside), StateKind.None, StateKind.None, null, false, false, false),
        ];

        var plan = OverlayPlanner.Plan(new(new Dictionary<ImagePath, Wanted>(), []), states, new(ImagePath.Of("var/lib/allie")));

        Assert.Empty(plan.Steps);
        Assert.Equal([Path, inside], plan.Faults.Select(f => f.Path));
    }

    [Fact]
    public void A_path_whose_wish_cannot_be_read_is_not_taken_for_withdrawn()
    {
        var merged = new MergedLayers(new Dictionary<ImagePath, Wanted>(), [new(Path, "all", "a template")]);

        var plan = OverlayPlanner.Plan(merged, [At(null, StateKind.Entry, StateKind.Entry, FileKind.Regular, "A")], new(ImagePath.Of("s")));

        Assert.Empty(plan.Steps);
    }

    [Theory]
    [InlineData(10, 10, false)]
    [InlineData(11, 44, false)]
    [InlineData(11, 43, true)]
    [InlineData(50, 1000, false)]
    [InlineData(51, 1000, true)]
    public void The_brake_holds_a_large_withdrawal(int withdrawn, int managed, bool holds) => Assert.Equal(holds, WithdrawalBrake.Holds(withdrawn, managed));
}
