using System.Text;
using Allie.Files;
using Allie.Fleet;
using Allie.Overlays;
using Allie.Overlays.Templates;
using Xunit;

namespace Allie.Tests.Fleet;

public class ApplyLogTests
{
    [Fact]
    public void It_tells_each_path_with_its_layer_and_what_was_left()
    {
        var image = new ImageReport("f18", "b", false, 3, "failed", new Dictionary<string, int>(), [], TemplateValues.None);
        var step = new OverlayStep(ImagePath.Of("etc/a"), OverlayAction.Restore, "no layer has it any more", null);

        var text = ApplyLog.Of(image, new(2026, 11, 26, 1, 2, 3), ["a note"], [step], [new(ImagePath.Of("etc/b"), "all", "it is open")]);

        Assert.Equal("2026-11-26 01:02:03 UTC f18 generation 3 in slot b: failed\n  a note\n  restore /etc/a: no layer has it any more\n  left as it is: /etc/b (layer all): it is open\n", text);
    }

    [Fact]
    public void A_long_one_keeps_its_beginning_and_its_end_and_says_how_much_is_left_out()
    {
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));

        var cut = Encoding.UTF8.GetString(ApplyLog.Cut(Encoding.UTF8.GetBytes(lines)));

        Assert.InRange(cut.Length, 60_000, ApplyLog.Largest);
        Assert.StartsWith("line 0\nline 1\n", cut, StringComparison.Ordinal);
        Assert.EndsWith("\nline 19998\nline 19999\n", cut, StringComparison.Ordinal);
        var mark = cut.Split('\n').Single(l => l.StartsWith("... ", StringComparison.Ordinal));
        Assert.Equal($"... {lines.Length - (cut.Length - mark.Length - 1)} bytes left out here ...", mark);
        Assert.All(cut.TrimEnd('\n').Split('\n').Where(l => l != mark), l => Assert.Matches("^line [0-9]+$", l));
        Assert.Equal("ab"u8.ToArray(), ApplyLog.Cut("ab"u8.ToArray()));
    }
}
