using System.Text;
using Allie.Overlays;
using Allie.Personalise;
using Allie.Tests.Blandify;
using Allie.Tests.Personalise;
using Xunit;

namespace Allie.Tests.Overlays;

public class RootLabelTests
{
    private const string ForAll = "# \u00e4\nLABEL=f18  /  ext4 noatime 0 1\nLABEL=home /home ext4\nUUID=1 none swap sw";

    [Theory]
    [InlineData("f18", "LABEL=f18  /  ext4 noatime 0 1", true)]
    [InlineData("f18~2", "LABEL=f18~2  /  ext4 noatime 0 1", true)]
    [InlineData("f18~x", "LABEL=f18  /  ext4 noatime 0 1", false)]
    [InlineData("data", "LABEL=f18  /  ext4 noatime 0 1", false)]
    [InlineData("", "LABEL=f18  /  ext4 noatime 0 1", false)]
    public void The_root_line_names_the_label_that_prep_gave_and_no_other(string label, string line, bool ours)
    {
        var root = new RootLabel("f18", label, "ext4");

        var adapted = Encoding.Latin1.GetString(root.Adapt(Encoding.Latin1.GetBytes(ForAll)));

        Assert.Equal(ours, root.IsOurs);
        Assert.Equal(line, adapted.Split('\n')[1]);
        Assert.StartsWith("# \u00e4\n", adapted, StringComparison.Ordinal);
        Assert.Equal(label != "f18~2", adapted == ForAll);
    }

    [Theory]
    [InlineData(ForAll)]
    [InlineData("UUID=0 / ext4 defaults 0 1\n")]
    [InlineData("/dev/sda1 / ext4\nLABEL=x /x ext4\n")]
    [InlineData("LABEL=x /x ext4\n")]
    [InlineData("")]
    public void Personalise_and_the_engine_want_the_same_of_an_overlays_fstab(string fromOverlay)
    {
        foreach (var label in new[] { "f18", "f18~2" })
        {
            var engine = Encoding.Latin1.GetString(new RootLabel("f18", label, "ext4").Adapt(Encoding.Latin1.GetBytes(fromOverlay)));

            // Prep applies the overlay first, then personalises; and a slot whose overlay came before this rule.
            Assert.Equal(engine, Personalised(engine, label));
            Assert.Equal(engine, Personalised(fromOverlay, label));
        }
    }

    private static string Personalised(string fstab, string label)
    {
        var old = new MemoryTree(("etc/hostname", "pc1\n"), ("etc/fstab", "UUID=77 none swap sw 0 0\n"));
        var facts = Pc.Facts(old, new MemoryTree(("etc/fstab", fstab))) with
        {
            Label = label, FileSystemType = "ext4", IsOverlays = p => p == RootLabel.Fstab, SwapUuid = _ => "77",
        };
        return PersonalPlan.Make(facts).Steps.FirstOrDefault(s => s.Path == RootLabel.Fstab)?.Text ?? fstab;
    }
}
