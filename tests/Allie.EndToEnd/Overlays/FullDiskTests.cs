using Allie.EndToEnd.Shared;
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
    public void On_a_full_disk_the_old_file_stays_whole_its_path_is_told_and_the_others_are_applied()
    {
        _trial = new Trial(Make);

        var (code, _, errors) = _trial.Apply("low");

        Assert.Equal(1, code);
        Assert.Contains("/etc/big", errors);
        Assert.Matches("(?i)no space", errors);
        Assert.Equal("own 1 1 1", _trial.Run("echo $(cat image/etc/{big,small,a,z})"));
        Assert.Equal("", _trial.Run("find image -name '.allie-*'"));
        _trial.Run("head -c 1000 /dev/urandom > layers/low/etc/big");
        Assert.Equal(0, _trial.Apply("low").ExitCode);
        _trial.Run("cmp layers/low/etc/big image/etc/big");
        Assert.Equal(0, _trial.Apply("none").ExitCode);
        _trial.Run("manifest image > now; cmp before now");
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
