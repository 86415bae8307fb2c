using Allie.Errors;
using Allie.Files;
using Allie.Overlays.Layers;
using Allie.Rsync;
using Xunit;

namespace Allie.Tests.Overlays.Layers;

public class LayerRequestTests
{
    [Fact]
    public void The_filter_lets_the_hosts_file_and_the_layers_through_and_leaves_all_else_out()
    {
        var rules = LayerFilters.For(["all", "group/[g]/all"], []);

        Assert.Equal(
            ["+ /hosts", "+ /overlays/", "+ /overlays/group/", "+ /overlays/group/\\[g]/", "+ /overlays/all", "+ /overlays/all/***", "+ /overlays/group/\\[g]/all", "+ /overlays/group/\\[g]/all/***", "- *"], rules);
    }

    [Fact]
    public void Where_a_layer_is_a_link_the_directory_it_leads_to_is_asked_for_too()
    {
        var one = new LayerRequest("pc", ["f18"], [LayerLink.Target("f18", "f18.1")]);
        var other = one with { Targets = [LayerLink.Target("f18", "f18.2")] };

        Assert.Contains("+ /overlays/f18.1/***", one.Filters);
        Assert.False(one.IsSameAs(other));
        Assert.True(other.IsSameAs(new("pc", ["f18"], [ImagePath.Of("f18.2")])));
    }

    [Theory]
    [InlineData("f18", "./f18.1/", "f18.1")]
    [InlineData("f18", ".old/../f18.1", "f18.1")]
    [InlineData("group/g/all", "../../v/2", "v/2")]
    public void A_link_is_followed_inside_the_overlays(string layer, string link, string target) =>
        Assert.Equal(target, LayerLink.Target(layer, link).Raw);

    [Theory]
    [InlineData("f18", "/srv/allie/overlays/f18.1")]
    [InlineData("f18", "../f18.1")]
    [InlineData("f18", "..")]
    [InlineData("f18", "host/pc2/f18")]
    [InlineData("group/g/f18", "../../host")]
    [InlineData("group/g/f18", "..")]
    [InlineData("f18", "f18")]
    [InlineData("f18", "")]
    public void A_link_that_leads_elsewhere_is_an_error_that_names_the_layer(string layer, string link) =>
        Assert.Contains($"layer {layer} ", Assert.Throws<UserError>(() => LayerLink.Target(layer, link)).Message);

    [Theory]
    [InlineData(".d..t......|./", true)]
    [InlineData("cd+++++++++|overlays/group/", true)]
    [InlineData("*deleting  |overlays/group/g/", true)]
    [InlineData("*deleting  |overlays/group/g/all/", false)]
    [InlineData(">f.st......|hosts", false)]
    [InlineData(".d...p.....|overlays/group/g/all/etc/", false)]
    public void What_changes_above_a_layer_is_no_change_of_it(string line, bool isScaffolding) =>
        Assert.Equal(isScaffolding, new LayerRequest("pc", ["all", "group/g/all"], []).IsScaffolding(RsyncChange.TryParse(line)!.Value));
}
