using Allie.Files;
using Allie.Prep;
using Xunit;

namespace Allie.Tests.Prep;

public sealed class PersonalPlanTests
{
    private static readonly PersonalFacts Facts = new()
    {
        HostName = "pc07", MachineId = new('a', 32), Carried = [(ImagePath.Of("etc/ssh/ssh_host_rsa_key"), "host key")],
        FromOverlay = new HashSet<ImagePath>(), NewHosts = "127.0.0.1 localhost\n", NewFstab = "LABEL=deb13 / ext4 defaults 0 1\n",
        Label = "deb13", FileSystemType = "ext4", SwapUuids = [],
    };

    [Fact]
    public void What_makes_this_pc_this_pc_is_carried_over()
    {
        var steps = PersonalPlan.Make(Facts).Steps;

        Assert.Equal(["/etc/hostname", "/etc/hosts", "/etc/machine-id", "/etc/ssh/ssh_host_rsa_key"], steps.Select(s => s.Target));
        Assert.Equal(["write", "write", "write", "copy"], steps.Select(s => s.Action));
    }

    [Fact]
    public void A_file_of_the_overlay_stays_and_is_named()
    {
        var plan = PersonalPlan.Make(Facts with { FromOverlay = new HashSet<ImagePath> { ImagePath.Of("etc/hosts") } });

        Assert.DoesNotContain(plan.Steps, s => s.Target == "/etc/hosts");
        Assert.Equal("/etc/hosts is the overlay's and stays", Assert.Single(plan.Notes));
    }

    [Fact]
    public void The_fstab_is_written_for_another_label_even_when_an_overlay_brought_it()
    {
        var plan = PersonalPlan.Make(Facts with { Label = "deb13~2", FromOverlay = new HashSet<ImagePath> { ImagePath.Of("etc/fstab") } });

        Assert.Equal("LABEL=deb13~2 / ext4 defaults 0 1\n", Assert.Single(plan.Steps, s => s.Target == "/etc/fstab").Text);
    }
}
