using Allie.Installers;
using Allie.Linux.Tests.Shared;
using Allie.Linux.Tests.Slots;
using Xunit;

namespace Allie.Linux.Tests.Installers;

/// <summary>
/// The %pre script itself, run by sh in a mount namespace of its own with a kernel line of ours, against loop disks.
/// </summary>
[Collection("loop devices")]
public sealed class KickstartPreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _name = "allie-" + LoopDisk.UniqueName();

    public KickstartPreTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_slot_is_named_to_the_installer_and_nothing_else()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name=base\nsize=8M,type=L,name={_name}");

        var storage = Unwritten(disk, () => Run($"PARTLABEL={_name}", "quiet"));

        Assert.Equal(
            $"ignoredisk --only-use={disk.Device[5..]}\nclearpart --none\npart / --onpart={disk.Part(2)[5..]} --fstype=ext4 --label=allie-new\n", storage);
    }

    [Fact]
    public void The_kernel_line_goes_before_the_files_own_target()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}\nsize=8M,type=L,name={_name}-2");
        var uuid = Shell.Run($"sfdisk --part-uuid {disk.Device} 2").ToLowerInvariant();

        Assert.Contains($"--onpart={disk.Part(2)[5..]} ", Run($"PARTLABEL={_name}", $"quiet allie.target=PARTUUID={uuid} vanilla"));
    }

    /// <summary>sfdisk says it in capitals, blkid in small letters; names are exact.</summary>
    [Fact]
    public void An_identity_may_be_typed_in_capitals_and_a_name_may_not()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}\nsize=8M,type=L,name={_name}-2,uuid=3F25A0C1-7E5B-4D0A-9C1E-{_name[^12..].ToUpperInvariant()}");

        var storage = Unwritten(disk, () => Run($"PARTLABEL={_name}", $"allie.target=PARTUUID=3F25A0C1-7E5B-4D0A-9C1E-{_name[^12..].ToUpperInvariant()}"));

        Assert.Contains($"--onpart={disk.Part(2)[5..]} ", storage);
        File.Delete(_directory.At("tmp/allie-storage.ks"));
        Assert.Contains("there is no partition", Unwritten(disk, () => Refused($"PARTLABEL={_name}", $"allie.target=PARTLABEL={_name.Replace("allie", "ALLIE")}")));
    }

    [Theory]
    [InlineData("allie.target=PARTLABEL=allie-none-such", "there is no partition")]
    [InlineData("allie.target=/dev/sda3", "names no partition")]
    [InlineData("allie.target=LABEL=plain", "is no slot")]
    public void A_target_that_is_missing_or_no_slot_is_refused(string word, string message)
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}\nsize=8M,type=L,name=base");
        Shell.Run($"mkfs.ext4 -q -L plain {disk.Part(2)}");

        Assert.Contains(message, Unwritten(disk, () => Refused($"PARTLABEL={_name}", word)));
    }

    [Fact]
    public void A_name_on_two_disks_is_refused()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}");
        using var clone = new LoopDisk($"size=8M,type=L,name={_name}");

        Assert.Contains("cloned disk", Unwritten(disk, () => Unwritten(clone, () => Refused($"PARTLABEL={_name}", ""))));
    }

    /// <summary>
    /// Read-only and without a replay of the journal: a mount that itself writes nothing. Of a btrfs that is mounted the kernel tells another device number than
    /// that of its partition.
    /// </summary>
    [Theory]
    [InlineData("ext4", "noload")]
    [InlineData("btrfs", "norecovery")]
    public void A_mounted_slot_is_refused(string type, string option)
    {
        using var disk = new LoopDisk($"size=120M,type=L,name={_name}");
        Shell.Run($"mkfs.{type} -q {disk.Part(1)}");

        Assert.Contains("is mounted", Unwritten(disk, () => Refused($"PARTLABEL={_name}", "", $"mount -o ro,{option} {disk.Part(1)} /mnt")));
    }

    /// <summary>No device-mapper is to be had everywhere: what the kernel would show of one is put over the directory in sysfs.</summary>
    [Fact]
    public void A_slot_that_something_is_built_upon_is_refused()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}");
        var holders = Shell.Run($"readlink -f /sys/class/block/{disk.Part(1)[5..]}/holders");

        Assert.Contains("is a part of LVM, RAID or encryption", Unwritten(disk, () => Refused($"PARTLABEL={_name}", "", $"mount -t tmpfs none {holders}; mkdir {holders}/dm-0")));
    }

    [Fact]
    public void A_swap_area_is_refused()
    {
        using var disk = new LoopDisk($"size=64M,type=L,name={_name}");
        Shell.Run($"mkswap -q {disk.Part(1)}");

        Assert.Contains("holds swap", Unwritten(disk, () => Refused($"PARTLABEL={_name}", "")));
    }

    /// <summary>The kernel's list with the slot in it is put over the real one: swap goes on and off for the whole machine.</summary>
    [Fact]
    public void A_slot_that_is_swapped_to_is_refused()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}");
        _directory.Write("swaps", $"Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n{disk.Part(1)}  partition\t8188\t0\t-2\n");

        Assert.Contains("is in use as swap", Unwritten(disk, () => Refused($"PARTLABEL={_name}", "", "mount --bind swaps /proc/swaps")));
    }

    [Fact]
    public void One_byte_in_the_slot_would_be_seen()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name={_name}");
        var before = disk.Sum();

        Shell.Run($"printf x | dd of={disk.Part(1)} bs=1 seek=5000 conv=notrunc status=none");

        Assert.NotEqual(before, disk.Sum());
    }

    /// <summary>The whole disk, byte for byte: the script is there to look.</summary>
    private static string Unwritten(LoopDisk disk, Func<string> run)
    {
        var before = disk.Sum();
        var said = run();
        Assert.Equal(before, disk.Sum());
        return said;
    }

    private string Run(string target, string kernelLine)
    {
        var said = Execute(target, kernelLine, "true");

        Assert.EndsWith("rc=0", said);
        return File.ReadAllText(_directory.At("tmp/allie-storage.ks"));
    }

    private string Refused(string target, string kernelLine, string before = "true")
    {
        var said = Execute(target, kernelLine, before);

        Assert.EndsWith("rc=1", said);
        Assert.False(File.Exists(_directory.At("tmp/allie-storage.ks")), "nothing may be named to the installer");
        return said;
    }

    private string Execute(string target, string kernelLine, string before)
    {
        var section = KickstartScripts.Pre(InstallTarget.Parse(target)).Split('\n');
        _directory.Write("pre.sh", string.Join('\n', section[1..Array.IndexOf(section, "%end")]) + "\n");
        _directory.Write("cmdline", kernelLine + "\n");
        Directory.CreateDirectory(_directory.At("tmp"));
        return Shell.Run(
            $"""
            exec unshare -m bash -c '
              {before}
              cp pre.sh tmp/; mount --bind cmdline /proc/cmdline; mount --bind /dev/null /dev/console; mount --bind tmp /tmp
              sh /tmp/pre.sh 2>&1 || rc=$?; echo "rc=$((rc + 0))"'
            """, _directory.Path);
    }
}
