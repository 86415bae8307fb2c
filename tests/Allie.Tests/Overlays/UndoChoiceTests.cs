using Allie.Errors;
using Allie.Files;
using Allie.Overlays;
using Xunit;

namespace Allie.Tests.Overlays;

public class UndoChoiceTests
{
    private static readonly OverlayPlan All = new(
        [
            Step("etc/a", OverlayAction.Restore), Step("etc/b", OverlayAction.Left), Step("new", OverlayAction.RemoveDirectory),
            Step("new/x", OverlayAction.Remove), Step("new/y", OverlayAction.Remove),
        ],
        [], 4);

    [Fact]
    public void Everything_comes_back_but_what_was_changed_here_which_is_told_and_stays_in_our_notes()
    {
        var plan = UndoChoice.From(All, []);

        Assert.Equal(["/etc/a", "/new", "/new/x", "/new/y"], plan.Steps.Select(s => s.Target));
        Assert.Equal("/etc/b: changed here; left", string.Join(',', plan.Faults.Select(f => $"{f.Path}: {f.Reason}")));
    }

    [Theory]
    [InlineData("etc/a", "/etc/a")]
    [InlineData("new/x", "/new/x")]
    [InlineData("new/x new/y", "/new /new/x /new/y")]
    [InlineData("new", "/new /new/x /new/y")]
    public void A_directory_that_we_made_goes_with_the_last_file_in_it(string paths, string steps) =>
        Assert.Equal(steps, string.Join(' ', UndoChoice.From(All, [.. paths.Split(' ').Select(ImagePath.Of)]).Steps.Select(s => s.Target)));

    [Fact]
    public void A_path_that_no_overlay_put_there_is_refused() =>
        Assert.Equal(ExitCode.Refused, Assert.Throws<UserError>(() => UndoChoice.From(All, [ImagePath.Of("etc/other")])).ExitCode);

    private static OverlayStep Step(string path, OverlayAction action) => new(ImagePath.Of(path), action, "no layer has it any more, but changed here; left", null);
}
