using Allie.Files;
using Allie.Overlays.Layers;
using Xunit;

namespace Allie.Tests.Overlays.Layers;

public class ProvenanceTests
{
    [Theory]
    [InlineData("d/x", "all/d all/d/x", "f18/d f18/d/x", "all, f18*")]
    [InlineData("d/x", "all/d all/d/x", "f18/.wh.d", "all, f18*")]
    [InlineData("d/x", "all/.wh.d", "f18/d f18/d/x", "all, f18*")]
    [InlineData("d/x", "all/d all/d/x", "f18/d f18/d/.keep.x", "all, f18*")]
    [InlineData("d/y", "all/d all/d/x", "f18/d", "")]
    [InlineData("d", "all/d all/d/x", "f18/d", "all, f18*")]
    public void The_highest_layer_that_decides_a_path_wins(string path, string low, string high, string expected)
    {
        var found = Provenance.Of(ImagePath.Of(path), [Layer("all", low), Layer("f18", high)]);

        Assert.Equal(expected, string.Join(", ", found.Select(p => p.Layer + (p.Wins ? "*" : ""))));
    }

    /// <summary>A name of one letter that is d is a directory.</summary>
    private static Layer Layer(string name, string paths) =>
        new(name, [.. paths.Split(' ').Select(p => ImagePath.Of(p[(name.Length + 1)..])).Select(p => new LayerEntry(p, p, p.Name == "d" ? FileKind.Directory : FileKind.Regular))]);
}
