using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>A PC with one image, the one that it runs: that lends its files to the next generation.</summary>
[Collection("loop devices")]
public sealed class RunningSeedTests : IDisposable
{
    // The image is the root, this machine's programs come from /host: another file system, so no part of what is lent.
    private const string RunTheImage = """
        mount -t tmpfs tmpfs /mnt
        cp -a "$TREE/." /mnt
        loader=$(readlink -f /lib64/ld-linux-x86-64.so.2)
        ln -s "/host$loader" /mnt/usr/lib64/ld-linux-x86-64.so.2
        ln -s /host/usr/bin/bash /mnt/usr/bin/bash; ln -s bash /mnt/usr/bin/sh
        cp /etc/mke2fs.conf /etc/passwd /etc/hostname /mnt/etc/
        mkdir /mnt/host
        mount --rbind / /mnt/host
        for directory in dev proc sys; do mount --rbind /$directory /mnt/$directory; done
        for directory in run tmp; do mount -t tmpfs tmpfs /mnt/$directory; done
        mkdir -p "/mnt$PC"
        mount --rbind "$PC" "/mnt$PC"
        export LD_LIBRARY_PATH=/host${loader%/*} PATH="$PC/fake:/host/usr/bin:/host/usr/sbin"
        program=/host$1
        shift
        exec /usr/sbin/chroot /mnt "$program" "$@"
        """;

    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void The_running_system_lends_its_files_and_stays_as_it_is()
    {
        _pc.Server.PublishForReal();
        _pc.Server.Start();
        var pc = Path.GetDirectoryName(_pc.State)!;
        Shell.Run($"cp -a {_pc.Server.Tree} {pc}/running; cp {_pc.Server.Tree}/etc/allie-image {pc}/allie-image");
        Shell.Run($"cd {_pc.Server.Tree}/usr; echo more >>share/doc/file3; rm share/doc/file7; printf rot | dd of=share/big bs=1 seek=99 conv=notrunc status=none");
        _pc.Server.PublishForReal();
        var calls = _pc.Fake("rsync", "exec /host/usr/bin/rsync \"$@\"");
        _pc.Under = ["env", $"TREE={pc}/running", $"PC={pc}", "bash", "-euc", RunTheImage, "running"];

        var plan = _pc.Allie("prep", "deb13", "--no-boot-entry", "-n");
        var full = _pc.Allie("prep", "deb13", "--no-boot-entry", "--strategy", "full", "-n");
        var blocks = _pc.Allie("prep", "deb13", "--no-boot-entry", "--strategy", "block-clone", "-n");
        File.Delete(calls);
        var run = _pc.Allie("prep", "deb13", "--no-boot-entry", "-y");

        Assert.Contains("the files of the running system, deb13 generation 1", plan.Output, StringComparison.Ordinal);
        Assert.Contains("file-clone: the running system has generation 1: its files, then what differs", plan.Output, StringComparison.Ordinal);
        Assert.Contains("full: asked for", full.Output, StringComparison.Ordinal);
        Assert.Equal(2, blocks.ExitCode);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("copy what the running system has of deb13", run.Errors, StringComparison.Ordinal);
        _pc.AssertIsTheImage(_pc.Disk.SlotA, 2);
        var fetches = File.ReadAllLines(calls).Where(c => c.Contains("/image-deb13/", StringComparison.Ordinal) && !c.Contains("--filter=+ /etc/allie-image", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(fetches);
        Assert.All(fetches, call => Assert.Contains("--files-from=", call, StringComparison.Ordinal));
    }
}
