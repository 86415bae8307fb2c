using Allie.Boot;
using Allie.Errors;
using Allie.Overlays.Layers;
using Xunit;

namespace Allie.Tests.Boot;

public sealed class BootChoiceTests
{
    private static readonly BootFacts Bios = new() { IsEfi = false, GrubDirectory = "/boot/grub" };

    private static readonly BootFacts Uefi = new() { IsEfi = true, HasVariables = true, HasEsp = true, GrubDirectory = "/boot/grub" };

    [Fact]
    public void Each_loader_is_known_by_what_it_leaves()
    {
        Assert.Equal(BootMethod.Grub, BootChoice.Pick(Bios).Method);
        Assert.Equal(BootMethod.Grub, BootChoice.Pick(Uefi).Method);
        Assert.Equal(BootMethod.SystemdBoot, BootChoice.Pick(Uefi with { LoaderInfo = "systemd-boot 252" }).Method);
        Assert.Equal(BootMethod.Extlinux, BootChoice.Pick(Bios with { GrubDirectory = null, ExtlinuxDirectory = "/boot/extlinux" }).Method);
        Assert.Equal(BootMethod.BootNext, BootChoice.Pick(Uefi with { GrubDirectory = null }).Method);
    }

    [Fact]
    public void A_grub_that_cannot_count_gives_way_to_the_firmware_and_without_one_only_commits()
    {
        Assert.Equal(BootMethod.BootNext, BootChoice.Pick(Uefi with { GrubWriteRefusal = "btrfs" }).Method);
        Assert.Equal((BootMethod.Grub, false), BootChoice.Pick(Bios with { GrubWriteRefusal = "btrfs" }) is var v ? (v.Method, v.CanTry) : default);
        Assert.Equal(BootMethod.Grub, BootChoice.Pick(Uefi with { GrubWriteRefusal = "btrfs", SecureBoot = true }).Method);
    }

    [Fact]
    public void The_entry_that_started_this_image_tells_where_the_loader_is()
    {
        var home = new BootHomeName(BootMethod.SystemdBoot, "0a0b", "/EFI/allie");

        Assert.Equal(BootMethod.SystemdBoot, BootChoice.Pick(Bios with { FromKernelLine = home }).Method);
        Assert.Equal(home, BootHomeName.Of($"ro quiet {home.Argument} x=1\n"));
        Assert.Null(BootHomeName.Of("ro allie.home=nonsense"));
    }

    [Fact]
    public void What_is_asked_for_and_not_there_is_refused_with_its_reason()
    {
        Assert.Contains("needs UEFI", Assert.Throws<UserError>(() => BootChoice.Pick(Bios with { Wanted = BootMethod.BootNext })).Message, StringComparison.Ordinal);
        Assert.Contains("Secure Boot", Assert.Throws<UserError>(() => BootChoice.Pick(Uefi with { Wanted = BootMethod.BootNext, SecureBoot = true })).Message, StringComparison.Ordinal);
        Assert.Contains("no boot loader", Assert.Throws<UserError>(() => BootChoice.Pick(new() { IsEfi = false })).Message, StringComparison.Ordinal);
    }
}
