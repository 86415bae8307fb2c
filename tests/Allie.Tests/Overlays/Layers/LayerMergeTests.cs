using Allie.Files;
using Allie.Fleet;
using Allie.Overlays.Layers;
using CsCheck;
using Xunit;

namespace Allie.Tests.Overlays.Layers;

public class LayerMergeTests
{
    /// <summary>"d/" is a directory; "a@b" is written a and lands at b; its parents are listed too.</summary>
    private static Layer Layer(string name, params string[] paths)
    {
        var entries = new SortedDictionary<ImagePath, LayerEntry>();
        foreach (var text in paths)
        {
            var at = text.Split('@');
            var path = ImagePath.Of(at[0]);
            for (var above = path.Parent; !above.IsRoot; above = above.Parent)
            {
                entries.TryAdd(above, new(above, above, FileKind.Directory));
            }

            entries[path] = new(path, ImagePath.Of(at[^1]), text.EndsWith('/') ? FileKind.Directory : FileKind.Regular);
        }

        return new(name, [.. entries.Values]);
    }

    private static string Text(MergedLayers merged) =>
        string.Join(' ', merged.Wanted.Values.Where(w => w.Kind != WantedKind.Directory).OrderBy(w => w.Place)
            .Select(w => $"{w.Place.Raw}={w.Layer}{(w.Kind == WantedKind.Entry ? "" : ":" + w.Kind)}{(w.Replace ? "!" : "")}"));

    [Theory]
    [InlineData("the higher layer decides", "etc/a etc/b", "etc/a", "etc/a=high etc/b=low")]
    [InlineData("whiteout hides what is below", "d/x d/y", ".wh.d", "d=high:Absent")]
    [InlineData("keep hides what is below", "d/x e", ".keep.d", "d=high:Keep e=low")]
    [InlineData("a higher file beats a lower whiteout", "etc/.wh.a", "etc/a", "etc/a=high")]
    [InlineData("a higher file hides a lower directory", "d/x", "d", "d=high")]
    [InlineData("a higher directory beats a lower file", "d", "d/x", "d/x=high")]
    [InlineData("keep of one file", "etc/a etc/b", "etc/.keep.a", "etc/a=high:Keep etc/b=low")]
    [InlineData("both in one layer replace", "x", "a .wh.a", "a=high! x=low")]
    [InlineData("exact hides what lower layers have below", "d/x d/s/y e/z", "d/.wh..wh..opq d/n", "d/n=high e/z=low")]
    [InlineData("exact alone", "d/x d/.wh.y d/.keep.z", "d/.wh..wh..opq", "")]
    [InlineData("exact below does not matter to what is higher", "d/.wh..wh..opq d/x", "d/y d/x", "d/x=high d/y=high")]
    [InlineData("whiteout beside a directory hides lower ones", "d/x", ".wh.d d/y", "d/y=high")]
    [InlineData("a template as any file", "a", "a.allie", "a=high")]
    [InlineData("once", "x", "a.allie-once", "a=high:Once x=low")]
    public void Layers_merge_path_by_path(string row, string low, string high, string merged)
    {
        var result = LayerMerge.Merge([Layer("low", low.Split(' ')), Layer("high", high.Split(' '))]);

        Assert.Empty(result.Faults);
        Assert.True(merged == Text(result), $"{row}: {Text(result)}");
    }

    [Fact]
    public void What_a_file_of_a_middle_layer_hides_stays_hidden_below_a_directory_of_a_higher_one()
    {
        var merged = LayerMerge.Merge([Layer("low", "d/x"), Layer("middle", "d"), Layer("high", "d/y")]);

        Assert.Equal("d/y=high", Text(merged));
    }

    [Fact]
    public void A_file_and_a_template_for_it_in_one_layer_are_a_fault_of_that_path()
    {
        var merged = LayerMerge.Merge([Layer("all", "etc/a", "etc/a.allie", "etc/b")]);

        Assert.Contains("as /etc/a and as /etc/a.allie", Assert.Single(merged.Faults).Reason);
        Assert.True(merged.IsFaulty(ImagePath.Of("etc/a")));
        Assert.Empty(LayerMerge.Merge([Layer("low", "etc/a"), Layer("high", "etc/a.allie")]).Faults);
    }

    [Fact]
    public void Two_names_that_a_link_of_the_image_joins_merge_by_layer_order()
    {
        var merged = LayerMerge.Merge([Layer("low", "usr/lib64/x"), Layer("high", "lib64/x@usr/lib64/x")]);

        Assert.Equal("usr/lib64/x=high", Text(merged));
        Assert.Equal("lib64/x", merged.Wanted[ImagePath.Of("usr/lib64/x")].Source.Raw);
    }

    [Theory]
    [InlineData("etc/a.allie/", "etc/a")]
    [InlineData("etc/.wh..wh..opq", "etc/.wh..wh..opq")]
    [InlineData(".wh..wh..opq", ".wh..wh..opq")]
    [InlineData("etc/.wh..wh.x", "etc/.wh..wh.x")]
    [InlineData("etc/a.allie-merge", "etc/a.allie-merge")]
    [InlineData("etc/.wh.", "etc/.wh.")]
    [InlineData("etc/.wh.a/", "etc/a")]
    public void A_name_that_is_not_understood_is_a_fault_of_that_path_alone(string name, string place)
    {
        var merged = LayerMerge.Merge([Layer("all", name, "other")]);

        Assert.Equal(place, Assert.Single(merged.Faults).Path.Raw);
        Assert.Contains("other=all", Text(merged));
        Assert.True(merged.IsFaulty(ImagePath.Of(place)));
    }

    [Theory]
    [InlineData("low", "d", "d/own")]
    [InlineData("low", "d/x", "")]
    [InlineData("low", "d/own", "d/own")]
    [InlineData("middle", "d", "d d/x d/own")]
    [InlineData("high", "d/x", "d/x")]
    public void A_fault_of_a_layer_holds_a_path_unless_a_higher_layer_decides_it(string layer, string fault, string held)
    {
        Layer With(string name, params string[] paths) => Layer(name, paths) is var whole && name == layer
            ? whole with { Entries = [.. whole.Entries.Where(e => e.Path.Raw != fault), new(ImagePath.Of(fault), ImagePath.Of(fault), FileKind.Regular, "cannot be read")] }
            : whole;
        var merged = LayerMerge.Merge([With("low", "a"), With("middle", "d/x"), With("high", "b")]);

        Assert.Equal(layer, Assert.Single(merged.Faults).Layer);
        Assert.Equal(held, string.Join(' ', new[] { "a", "b", "d", "d/x", "d/own" }.Where(p => merged.IsFaulty(ImagePath.Of(p)))));
    }

    [Fact]
    public void What_the_image_has_in_the_way_of_a_layers_directory_holds_the_path_for_all_layers()
    {
        var merged = LayerMerge.Merge([new("low", [new(ImagePath.Of("d"), ImagePath.Of("d"), FileKind.Directory, "a link to nothing")]), Layer("high", "d")]);

        Assert.True(merged.IsFaulty(ImagePath.Of("d")));
    }

    [Fact]
    public void Allie_dir_means_the_directory_and_never_the_layers_top()
    {
        var merged = LayerMerge.Merge([Layer("all", ".allie-dir", "etc/.allie-dir", "var/x")]);

        Assert.Equal([ImagePath.Of("etc")], merged.Wanted.Values.Where(w => w.OwnMetadata).Select(w => w.Place));
        Assert.DoesNotContain(ImagePath.Root, merged.Wanted.Keys);
    }

    [Fact]
    public void Layers_stand_from_all_to_this_image_of_this_host_and_the_strongest_group_is_highest()
    {
        var host = new HostEntry("pc1", ["strong", "weak"], [], null, new Dictionary<string, string>());

        Assert.Equal(
            ["all", "f18", "group/weak/all", "group/strong/all", "group/weak/f18", "group/strong/f18", "host/pc1/all", "host/pc1/f18"],
            LayerStack.For("f18", host));
        Assert.Equal(["all", "f18"], LayerStack.For("f18", null));
    }

    [Fact]
    public void Nothing_wanted_lies_below_something_that_is_no_directory()
    {
        var name = Gen.OneOf("a", "b", "c", ".wh.a", ".wh.b", ".keep.c");
        var path = Gen.Select(Gen.OneOf("", "a/", "b/", "a/b/"), name, (d, n) => d + n);
        Gen.Select(path.Array[1, 6], path.Array[1, 6]).Sample((low, high) =>
        {
            var wanted = LayerMerge.Merge([Sane("low", low), Sane("high", high)]).Wanted;
            return wanted.Keys.All(p => p.Parent.IsRoot || wanted[p.Parent].Kind == WantedKind.Directory);
        });
    }

    /// <summary>As a file system would have it: what has something below it is a directory.</summary>
    private static Layer Sane(string name, string[] paths) => Layer(name, [.. paths.Where(p => !paths.Any(q => q.StartsWith(p + "/", StringComparison.Ordinal)))]);
}
