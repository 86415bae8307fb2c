using Allie.Linux.Fleet;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Fleet;

public class LayerLinksTests
{
    [Fact]
    public void Links_that_open_the_host_layers_are_found_and_others_are_not()
    {
        using var temp = new TempDirectory();
        temp.Write("overlays/all/usr/lib/x", "x");
        temp.Write("images/f18/etc/shadow", "x");
        temp.Write("overlays/host/pc1/all/etc/secret", "x");
        Shell.Run(
            """
            cd overlays; ln -s / all/top; ln -s ../host all/up; ln -s /overlays/host/pc1 all/usr/one; ln -s ../../images/f18 all/image; ln -s up/pc1 all/chain
            ln -s usr/lib all/lib; ln -s /etc/passwd all/file; ln -s ../../../.. all/usr/climb; ln -s /nowhere all/dangling; ln -s loop all/loop
            """, temp.Path);

        Assert.Equal(["/all/chain", "/all/image", "/all/top", "/all/up", "/all/usr/climb", "/all/usr/one"], LayerLinks.LeadingOut(temp.At("overlays")).Select(p => p.ToString()));
    }

    [Fact]
    public void Without_host_layers_nothing_can_be_opened()
    {
        using var temp = new TempDirectory();
        Directory.CreateDirectory(temp.At("overlays/host"));
        Directory.CreateDirectory(temp.At("overlays/all"));
        Shell.Run("ln -s / overlays/all/top", temp.Path);

        Assert.Empty(LayerLinks.LeadingOut(temp.At("overlays")));
    }
}
