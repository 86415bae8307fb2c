using Allie.Boot;
using Xunit;

namespace Allie.Tests.Boot;

public sealed class KernelPairTests
{
    [Theory]
    [InlineData("6.1.0-9-amd64", "6.1.0-28-amd64")]
    [InlineData("5.15.0", "6.1.0")]
    [InlineData("6.1~rc4", "6.1")]
    [InlineData("6.1", "6.1-2")]
    [InlineData("6.11.4-301.fc41.x86_64", "6.12.0-1.fc41.x86_64")]
    public void Numbers_are_compared_as_numbers(string older, string newer)
    {
        Assert.True(KernelVersion.Order.Compare(older, newer) < 0);
        Assert.True(KernelVersion.Order.Compare(newer, older) > 0);
        Assert.Equal(0, KernelVersion.Order.Compare(newer, newer));
    }

    [Fact]
    public void The_newest_kernel_that_has_its_initrd_is_first()
    {
        var pairs = KernelPair.All(["vmlinuz-6.1.0-9", "initrd.img-6.1.0-9", "vmlinuz-6.1.0-28", "initrd.img-6.1.0-28", "vmlinuz-6.9.0", "config-6.9.0"]);

        Assert.Equal(["6.1.0-28", "6.1.0-9"], pairs.Select(p => p.Version));
        Assert.Equal("initrd.img-6.1.0-28", pairs[0].Initrd);
    }

    [Fact]
    public void Names_of_fedora_and_suse_are_pairs_too_and_a_rescue_kernel_is_last()
    {
        var pairs = KernelPair.All(
            ["vmlinuz-9-rescue-ab", "initramfs-9-rescue-ab.img", "vmlinuz-6.11.4.fc41", "initramfs-6.11.4.fc41.img", "vmlinuz-6.4-default", "initrd-6.4-default"]);

        Assert.Equal(["6.11.4.fc41", "6.4-default", "9-rescue-ab"], pairs.Select(p => p.Version));
    }

    [Fact]
    public void A_boot_directory_without_a_pair_gives_none()
    {
        Assert.Empty(KernelPair.All(["vmlinuz-6.1", "initrd.img-6.2", "grub"]));
    }

    [Fact]
    public void Only_the_boot_protocols_magic_makes_a_kernel()
    {
        var head = new byte[BzImage.HeadBytes];
        Assert.False(BzImage.IsKernel(head));

        "HdrS"u8.CopyTo(head.AsSpan(0x202));

        Assert.True(BzImage.IsKernel(head));
        Assert.False(BzImage.IsKernel(head.AsSpan(0, 0x204)));
    }
}
