using Allie.Installers;
using Allie.Linux.Tests.Shared;
using Allie.Linux.Tests.Slots;
using Xunit;

namespace Allie.Linux.Tests.Installers;

/// <summary>
/// partman/early_command as the installer would run it: by sh -c as one line, in the root file system of Debian's own packaged netboot installer
/// (its busybox, its blkid), against loop disks. What partman keeps of the disks is laid out by hand.
/// </summary>
[Collection("loop devices")]
public sealed class PreseedEarlyTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _name = "allie-" + LoopDisk.UniqueName();
    private readonly DebianInstaller _installer;

    public PreseedEarlyTests() => _installer = new(_directory);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Partman_is_told_of_the_slot_alone_and_no_disk_is_written()
    {
        using var disk = new LoopDisk($"size=8M,type=S,name=swap\nsize=8M,type=L,name={_name}");
        var before = disk.Sum();
        var devices = $"di/var/lib/partman/devices/=dev={disk.Device[5..]}";
        var swap = $"{devices}/{Id(disk.Part(1))}";
        var slot = $"{devices}/{Id(disk.Part(2))}";
        Directory.CreateDirectory(_directory.At(slot));
        _directory.Write($"{swap}/method", "swap\n");
        _directory.Write($"{swap}/format", "");

        var said = Execute($"PARTLABEL={_name}", "quiet");
        Shell.Run("chroot di /lib/partman/display.d/00allie", _directory.Path);

        Assert.EndsWith("rc=0", said);
        Assert.Empty(Directory.EnumerateFiles(_directory.At(swap)));
        Assert.Equal(["filesystem", "format", "formatable", "label", "method", "mountpoint", "use_filesystem"], Directory.EnumerateFiles(_directory.At(slot)).Select(f => Path.GetFileName(f)!).Order());
        Assert.Equal("format ext4 /", string.Join(' ', new[] { "method", "filesystem", "mountpoint" }.Select(f => File.ReadAllText(_directory.At($"{slot}/{f}")).Trim())));
        Assert.True(File.Exists(_directory.At("di/var/lib/partman/initial_auto")), "automatic partitioning would run");
        Assert.Equal(before, disk.Sum());
    }

    [Fact]
    public void A_slot_that_partman_does_not_see_stops_it()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}");

        Execute($"PARTLABEL={_name}", "");

        Assert.Equal("rc=255", Shell.Run("chroot di /lib/partman/display.d/00allie || echo rc=$?", _directory.Path));
    }

    [Theory]
    [InlineData("allie.target=PARTLABEL=allie-none-such", "there is no partition")]
    [InlineData("allie.target=LABEL=plain", "is no slot")]
    [InlineData("allie.target=/dev/sda3", "names no partition")]
    public void A_target_that_is_missing_or_no_slot_is_refused(string word, string message)
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}\nsize=8M,type=L,name=base");
        Shell.Run($"mkfs.ext4 -q -L plain {disk.Part(2)}");

        Refused(disk, word, message);
    }

    [Fact]
    public void A_name_on_two_disks_is_refused()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}");
        using var clone = new LoopDisk($"size=8M,type=L,name={_name}");

        Refused(disk, "", "cloned disk");
    }

    [Fact]
    public void A_swap_area_is_refused()
    {
        using var disk = new LoopDisk($"size=64M,type=L,name={_name}");
        Shell.Run($"mkswap -q {disk.Part(1)}");

        Refused(disk, "", "holds swap");
    }

    [Fact]
    public void An_identity_may_be_typed_in_capitals()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}");

        Assert.EndsWith("rc=0", Execute("PARTLABEL=allie-none-such", $"allie.target=PARTUUID={Shell.Run($"sfdisk --part-uuid {disk.Device} 1").ToUpperInvariant()}"));
    }

    /// <summary>A chroot sees the mounts below it alone.</summary>
    [Theory]
    [InlineData("ext4", "noload")]
    [InlineData("btrfs", "norecovery")]
    public void A_mounted_slot_is_refused(string type, string option)
    {
        using var disk = new LoopDisk($"size=120M,type=L,name={_name}");
        Shell.Run($"mkfs.{type} -q {disk.Part(1)}");

        Refused(disk, "", "is mounted", $"mkdir di/mnt; mount -o ro,{option} {disk.Part(1)} di/mnt");
    }

    /// <summary>The kernel's list with the slot in it is put over the real one: swap goes on and off for the whole machine.</summary>
    [Fact]
    public void A_slot_that_is_swapped_to_is_refused()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}");
        _directory.Write("swaps", $"Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n{disk.Part(1)}  partition\t8188\t0\t-2\n");

        Refused(disk, "", "is in use as swap", "mount --bind swaps di/proc/swaps");
    }

    private void Refused(LoopDisk disk, string word, string message, string before = "true")
    {
        var sum = disk.Sum();

        var said = Execute($"PARTLABEL={_name}", word, before);

        Assert.Contains(message, said);
        Assert.EndsWith("rc=1", said);
        Assert.False(Directory.Exists(_directory.At("di/lib/partman")), "partman may be told nothing");
        Assert.Equal(sum, disk.Sum());
    }

    private static string Id(string part) => Shell.Run($"s=$(cat /sys/class/block/{part[5..]}/start); n=$(cat /sys/class/block/{part[5..]}/size); echo $((s*512))-$(((s+n)*512-1))");

    private string Execute(string target, string kernelLine, string before = "true") => _installer.Run(PreseedScript.Lines(InstallTarget.Parse(target)), kernelLine, before);
}
