using Allie.Boot;
using Allie.Boot.Trying;
using Allie.Linux.Boot;
using Xunit;

namespace Allie.Linux.Tests.Boot;

/// <summary>A prep that is given up before it formats leaves the boot files and variables byte for byte as they were, whatever the method.</summary>
public sealed class SlotAsideTests
{
    public static TheoryData<BootMethod> Methods => [BootMethod.Grub, BootMethod.SystemdBoot, BootMethod.BootNext, BootMethod.Extlinux];

    [Theory]
    [MemberData(nameof(Methods))]
    public void What_was_put_aside_comes_back(BootMethod which)
    {
        using var fixture = new BootFixture(which);
        var home = Staged(fixture);
        var before = fixture.Everything();

        var aside = new SlotAside(home, "b");
        var snapshot = aside.Snapshot();
        aside.PutKernel();
        home.Method.Remove("b");
        home.Save(new());
        Assert.False(home.Method.Has("b"));
        Assert.NotEqual(before, fixture.Everything());
        new SlotAside(home, "b").PutKernel(); // a second run that begins anew after the first
        aside.Restore(snapshot);

        Assert.Equal(before, fixture.Everything());
        Assert.True(home.Method.Has("b"));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Nothing_of_it_stays_once_there_is_no_way_back(BootMethod which)
    {
        using var fixture = new BootFixture(which);
        var original = fixture.Everything();
        var home = Staged(fixture);

        var aside = new SlotAside(home, "b");
        aside.PutKernel();
        home.Method.Remove("b");
        home.Save(new());
        aside.Drop();
        home.Method.Remove("b");

        Assert.Equal(original, fixture.Everything());
    }

    private static BootHome Staged(BootFixture fixture)
    {
        var method = fixture.Open();
        using (var slot = fixture.OpenSlot())
        {
            method.Stage(fixture.Entry, slot);
        }

        var home = BootHome.Of(method);
        home.Save(new BootRecord().With("b", new("deb13", 2, SlotState.Staged, "t")));
        home.Log("slot b: something");
        return home;
    }
}
