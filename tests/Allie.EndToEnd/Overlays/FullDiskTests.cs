using Xunit;

namespace Allie.EndToEnd.Overlays;

/// <summary>Edge case 12: an image on a small ext4 of its own that becomes full while layers are applied.</summary>
[Collection("loop devices")]
public sealed class FullDiskTests : IDisposable
{
    private const string Make =
        """
        truncate -s 8M disk; mkfs.ext4 -q disk; mv image tree
        mkdir image; exec 9> /run/lock/allie-test-loop; flock 9; mount -o loop disk image; exec 9>&-
        cp -a tree/. image; rm -r image/lost+found
        echo own | tee image/etc/big > image/etc/small; mkdir -p layers/low/etc; echo 1 | tee layers/low/etc/{a,small} > layers/low/etc/z
        head -c 20M /dev/urandom > layers/low/etc/big
        """;

    private Trial? _trial;

    public FullDiskTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: a loop device");

    public void Dispose() => _trial?.Dispose();

    [Fact]
    public void What_there_is_no_room_for_is_told_before_the_first_write_its_old_file_stays_and_the_others_are_applied()
    {
        _trial = new Trial(Make);

        var (dry, _, would) = _trial.Rehearse("low");
        var (code, _, errors) = _trial.Apply("low");

        Assert.Equal((1, 1), (dry, code));
        Assert.Matches("left as it is: /etc/big .*: no space: it takes 40 MiB, .* the file system of / has [0-9]+ KiB free", would);
        Assert.Equal(would, errors); // the same figure: nothing had been written when it was told
        Assert.Equal("own 1 1 1", _trial.Run("echo $(cat image/etc/{big,small,a,z})"));
        Assert.Equal("", _trial.Run("find image -name '.allie-*'"));
        _trial.Run("head -c 1000 /dev/urandom > layers/low/etc/big");
        Assert.Equal(0, _trial.Apply("low").ExitCode);
        _trial.Run("cmp layers/low/etc/big image/etc/big");
        Assert.Equal(0, _trial.Apply("none").ExitCode);
        _trial.Run("manifest image > now; cmp before now");
    }

    [Fact]
    public void A_withdrawal_that_has_no_room_for_the_images_own_leaves_ours_until_it_has()
    {
        _trial = new Trial(Make + "\nrm layers/low/etc/big; head -c 1M /dev/urandom > image/etc/old; cp image/etc/old own; echo 1 > layers/low/etc/old");
        Assert.Equal(0, _trial.Apply("low").ExitCode);
        _trial.Run("rm layers/low/etc/old; head -c 20M /dev/zero > image/var/fill 2>/dev/null || :");

        var (code, _, errors) = _trial.Apply("low");

        Assert.Equal(1, code);
        Assert.Matches("/etc/old: no space: it takes 1024 KiB", errors);
        Assert.Equal("1", _trial.Run("cat image/etc/old"));
        _trial.Run("rm image/var/fill");
        Assert.Equal(0, _trial.Apply("low").ExitCode);
        _trial.Run("cmp own image/etc/old");
    }

    /// <summary>Of btrfs, as root may write past the quotas of ext4 and XFS (CAP_SYS_RESOURCE). statfs(2) does not tell it: the write does.</summary>
    [Fact]
    public void Over_quota_the_old_file_stays_and_the_others_are_applied()
    {
        _trial = new Trial(
            """
            truncate -s 200M disk; mkfs.btrfs -q disk; mv image tree; mkdir image
            exec 9> /run/lock/allie-test-loop; flock 9; mount -o loop disk image; exec 9>&-
            cp -a tree/. image; btrfs quota enable image; btrfs qgroup limit 4M image
            echo own | tee image/etc/big > image/etc/small; mkdir -p layers/low/etc; echo 1 > layers/low/etc/small; head -c 20M /dev/urandom > layers/low/etc/big; sync
            """);

        var (code, _, errors) = _trial.Apply("low");

        Assert.Equal(1, code);
        Assert.Matches("left as it is: /etc/big .*: disk quota exceeded", errors);
        Assert.Equal("own 1", _trial.Run("echo $(cat image/etc/{big,small})"));
        Assert.Equal("", _trial.Run("find image -name '.allie-*'"));
        _trial.Run("btrfs qgroup limit none image");
        Assert.Equal(0, _trial.Apply("low").ExitCode);
        _trial.Run("cmp layers/low/etc/big image/etc/big");
    }

    [Fact]
    public void A_separate_file_system_is_counted_by_itself()
    {
        _trial = new Trial(
            """
            mkdir image/data; truncate -s 2M data; mkfs.ext4 -q data; exec 9> /run/lock/allie-test-loop; flock 9; mount -o loop data image/data; exec 9>&-
            mkdir -p layers/low/data layers/low/etc; head -c 3M /dev/urandom > layers/low/data/big; cp layers/low/data/big layers/low/etc/big; echo 1 > layers/low/data/small
            """);

        var (code, _, errors) = _trial.Apply("low");

        Assert.Equal(1, code);
        Assert.Matches("/data/big .*: no space: it takes 3072 KiB, .* the file system of /data has [0-9]+ KiB free", errors);
        Assert.DoesNotContain("/etc/big", errors);
        Assert.Equal("1 absent", _trial.Run("cmp layers/low/etc/big image/etc/big; echo $(cat image/data/small) $(test -e image/data/big || echo absent)"));
    }

    [Fact]
    public void What_only_the_write_finds_out_fails_path_by_path()
    {
        _trial = new Trial(Make + "\nrm layers/low/etc/big; for n in {100..399}; do echo 1 > layers/low/etc/n$n; done"); // 600 bytes, but 600 blocks
        _trial.Run("head -c 20M /dev/zero > image/var/fill 2>/dev/null || :; truncate -s -300K image/var/fill; sync; manifest image > before");
        Assert.DoesNotContain("no space", _trial.Rehearse("low").Errors, StringComparison.Ordinal);

        var (code, _, errors) = _trial.Apply("low");

        Assert.True(code == 1, $"exit {code} {errors}");
        Assert.True(errors.Contains(": no space left on device", StringComparison.Ordinal), errors);
        _trial.Run("rm image/var/fill");
        Assert.Equal(0, _trial.Apply("low").ExitCode);
        Assert.Equal("303", _trial.Run("cat image/etc/n??? image/etc/a image/etc/z image/etc/small | grep -c 1"));
        Assert.Equal(0, _trial.Apply("none").ExitCode);
        _trial.Run("manifest image | grep -v /fill > now; grep -v /fill before | cmp - now");
    }

    [Fact]
    public void On_a_disk_that_is_full_to_the_last_block_nothing_of_the_image_is_harmed()
    {
        _trial = new Trial(Make + "\nrm layers/low/etc/big");
        _trial.Run("head -c 20M /dev/zero > image/var/fill 2>/dev/null || :; while head -c 512 /dev/zero >> image/var/fill2 2>/dev/null; do :; done; manifest image > before");

        var (code, _, errors) = _trial.Apply("low");

        Assert.True(code == 1, $"exit {code} {errors}");
        Assert.Matches("(?i)no space", errors);
        Assert.Equal("own own", _trial.Run("echo $(cat image/etc/{big,small})"));
        _trial.Run("rm image/var/fill*");
        Assert.Equal(0, _trial.Apply("low").ExitCode);
        Assert.Equal("own 1 1 1", _trial.Run("echo $(cat image/etc/{big,small,a,z})"));
    }
}
