using Allie.Linux.Files;
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
        temp.Write("all/usr/lib/x", "x");
        temp.Write("host/pc1/all/etc/secret", "x");
        Shell.Run(
            """
            ln -s / all/top; ln -s ../host all/up; ln -s /host/pc1 all/usr/one; ln -s up/pc1 all/chain
            ln -s usr/lib all/lib; ln -s /etc/passwd all/file; ln -s ../../../.. all/usr/climb; ln -s /nowhere all/dangling; ln -s loop all/loop
            """, temp.Path);
        using var root = ImageRoot.Open(temp.Path);

        Assert.Equal(["/all/chain", "/all/top", "/all/up", "/all/usr/climb", "/all/usr/one"], LayerLinks.ToHostLayers(root).Select(p => p.ToString()));
    }

    [Fact]
    public void Without_host_layers_nothing_can_be_opened()
    {
        using var temp = new TempDirectory();
        Directory.CreateDirectory(temp.At("host"));
        Directory.CreateDirectory(temp.At("all"));
        Shell.Run("ln -s / all/top", temp.Path);
        using var root = ImageRoot.Open(temp.Path);

        Assert.Empty(LayerLinks.ToHostLayers(root));
    }
}
