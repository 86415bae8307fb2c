using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Overlays;

public class PcFactsTests
{
    [Fact]
    public void The_images_facts_come_from_the_image_and_groups_and_tags_from_the_hosts_line()
    {
        using var temp = new TempDirectory();
        Shell.Run(
            "mkdir -p i/etc i/usr/lib; printf 'ID=f\\nVERSION_ID=18\\n' > i/usr/lib/os-release; ln -s ../usr/lib/os-release i/etc/os-release; "
            + "echo 0123456789abcdef0123456789abcdef > i/etc/machine-id; printf 'name = \"f18\"\\ngeneration = 3\\n' > i/etc/allie-image", temp.Path);
        using var root = ImageRoot.Open(temp.At("i"));

        var values = new PcFacts(root, ImagePath.Of("etc/allie-image"), "pc1.example").Gather(new("pc1", ["a", "b"], [], null, new Dictionary<string, string> { ["room"] = "é" }));

        Assert.Equal("pc1 f18 3 f 18 0123456789abcdef0123456789abcdef",
            string.Join(' ', new[] { "host", "image", "generation", "distro.id", "distro.version", "machine_id" }.Select(n => values.Texts[n])));
        Assert.Equal("Ã©", values.Texts["tag.room"]);
        Assert.True(values.IsInGroup("b") && !values.IsInGroup("c"));
    }

    [Fact]
    public void The_machines_addresses_are_those_that_ip_tells()
    {
        using var temp = new TempDirectory();
        using var root = ImageRoot.Open(temp.Path);
        var told = Shell.Run("ip -4 -o addr show scope global | awk '{ sub(\"/.*\", \"\", $4); print $4 }' | LC_ALL=C sort -u");

        var values = new PcFacts(root, ImagePath.Of("etc/allie-image"), "pc1").Gather(null);

        Assert.Equal(told, string.Join('\n', values.Lists["addresses"].Where(a => !a.Contains(':'))));
    }

    [Fact]
    public void The_image_may_be_named_where_it_has_no_stamp()
    {
        using var temp = new TempDirectory();
        using var root = ImageRoot.Open(temp.Path);

        Assert.Equal("f18", new PcFacts(root, ImagePath.Of("etc/allie-image"), "pc1").Gather(null, "f18").Texts["image"]);
    }

    [Fact]
    public void The_label_is_the_file_systems()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        var told = Shell.Run("findmnt -no LABEL / || :");
        using var root = ImageRoot.Open("/");

        Assert.Equal(told, root.FileSystemLabel() ?? "");
    }
}
