using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>A real Debian whose initramfs was made for one PC: blandify notes it, publish lets it pass, each PC makes it anew with the image's own tool.</summary>
[Collection("loop devices")]
public sealed class InitramfsTests : IDisposable
{
    private const string Swap = "66666666-2222-3333-4444-555555555555";

    /// <summary>What the initramfs was made with, seen by other programs than ours.</summary>
    private const string Made = "zstdcat boot/initrd.img-* | cpio -i --quiet --to-stdout conf/conf.d/resume conf/conf.d/zz-allie | grep -E '^(RESUME|MODULES)=' | sort -r";

    private readonly TrialPc _pc = new(slotMebibytes: 900);

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void One_that_was_made_for_the_captured_pc_is_made_anew_in_the_slot()
    {
        Unpack(_pc.Server.Tree);
        Assert.Contains($"RESUME=UUID={Swap}", Shell.Run($"cd {_pc.Server.Tree}; {Made}"), StringComparison.Ordinal);
        Shell.Run($"printf '#!/bin/sh\\n[ \"$1\" != prereqs ] || exit 0\\necho no hook today >&2\\nexit 7\\n' >{_pc.Server.Tree}/etc/initramfs-tools/hooks/broken; chmod +x {_pc.Server.Tree}/etc/initramfs-tools/hooks/broken");
        _pc.Server.PublishForReal("--initramfs rebuild");
        Assert.Contains($"RESUME=UUID={Swap}", Shell.Run($"cd {_pc.Server.Tree}; {Made}"), StringComparison.Ordinal); // nothing of it was run there
        _pc.Server.Start();

        var failed = _pc.Allie("prep", "deb13", "-y");
        Assert.True(failed.ExitCode == 1, failed.Errors);
        Assert.Matches("cannot make /boot/initrd.img-[^ ]+ of the image anew by 'update-initramfs -c -t -k [^']+': exit code [1-9].*hooks/broken failed with return 7", failed.Errors);
        Assert.Equal("Overlay", _pc.JournalDone);
        Assert.Equal(["grub.cfg"], _pc.GrubFiles);

        TrialPc.ChangeSlot(_pc.Disk.SlotA, "test -f var/lib/allie/initramfs; rm etc/initramfs-tools/hooks/broken");
        var done = _pc.Allie("prep", "deb13", "-y");
        Assert.True(done.ExitCode == 0, done.Errors);
        Assert.Contains("initrd.img-", done.Errors, StringComparison.Ordinal);
        Assert.Equal("RESUME=none\nMODULES=most", TrialPc.InSlot(_pc.Disk.SlotA, Made));
        Assert.Equal("", TrialPc.InSlot(_pc.Disk.SlotA, $"zstdcat boot/initrd.img-* | grep -c {Swap} || ls boot/*.new var/lib/allie/initramfs dev/[!cnz]* run/* 2>/dev/null || true").TrimStart('0'));
        TrialPc.AssertMarked(_pc.Disk.SlotA, 1);
    }

    [Fact]
    public void Dracut_makes_it_for_any_pc_and_personalise_by_hand_does_it_too()
    {
        var said = Shell.Run($$"""
            cd {{Path.GetDirectoryName(_pc.Server.Tree)}}
            . {{Binary.Repository}}/lab/lib/mirror.sh; . {{Binary.Repository}}/tests/Allie.EndToEnd/Personalise/trees.sh; . {{Binary.Repository}}/tests/Allie.EndToEnd/Prep/host-only.sh
            mkdir new old old/etc old/usr; tar -xpf $(host_only_base) -C new; rm new/usr/sbin/update-initramfs
            echo pc0009 >old/etc/hostname; printf 'LABEL=old / ext4 defaults 0 1\n' >old/etc/fstab; printf '[paths]\nrun = "%s/run"\n' $PWD >pc.toml; : >none.toml
            {{Binary.Path}} image blandify --tree new --label deb12 --initramfs rebuild --config $PWD/none.toml >/dev/null 2>&1
            {{Binary.Path}} personalise --config pc.toml --root new --from old -n | grep '^build' || true
            {{Binary.Path}} personalise --config pc.toml --root new --from old >/dev/null 2>&1; echo "exit $?"
            zstdcat new/boot/initrd.img-* 2>/dev/null >i || gzip -dc new/boot/initrd.img-* >i
            cpio -t --quiet <i | grep -c 'dracut/hostonly-files' || true; cpio -t --quiet <i | grep -c 'kernel/drivers/block/virtio_blk.ko'; grep -c {{Swap}} i || true
            cpio -i --quiet --to-stdout '*lib/dracut/build-parameter.txt' <i; ls new/var/lib/allie new/run
            """);

        Assert.Matches(@"^build +/boot/initrd.img-(\S+)  \(it was made for another PC: dracut --force --no-hostonly --no-hostonly-cmdline /boot/initrd.img-\1 \1\)\nexit 0\n0\n1\n0\n.*--no-hostonly.*\nnew/run:\n\nnew/var/lib/allie:$", said);
    }

    private static void Unpack(string tree) => Shell.Run($"""
        . {Binary.Repository}/lab/lib/mirror.sh; . {Binary.Repository}/tests/Allie.EndToEnd/Personalise/trees.sh; . {Binary.Repository}/tests/Allie.EndToEnd/Prep/host-only.sh
        tar=$(host_only_base)
        rm -rf {tree}; mkdir {tree}
        tar --xattrs --xattrs-include='*' --numeric-owner -xpf $tar -C {tree}
        """);
}
