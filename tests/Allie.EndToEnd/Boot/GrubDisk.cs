using System.Diagnostics;
using Allie.EndToEnd.Shared;

namespace Allie.EndToEnd.Boot;

/// <summary>
/// A BIOS disk with a real GRUB: BIOS boot partition, the base system with GRUB's files, the committed slot b, and a partition for a boot home. Its
/// commands see this disk alone, and a kernel line of their own.
/// </summary>
public sealed class GrubDisk : IDisposable
{
    private const string Own = """
        mount -t tmpfs -o mode=755 tmpfs /mnt
        for n in null zero full random urandom tty; do cp -a /dev/$n /mnt/; done
        cp -a "$DISK" "$DISK"p* /mnt/
        ln -s /proc/self/fd /mnt/fd
        echo "$LINE" >/mnt/cmdline
        mount --bind /mnt/cmdline /proc/cmdline
        mount --move /mnt /dev
        mount -t tmpfs tmpfs /boot
        exec "$@"
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("allie-grub-").FullName;
    private readonly Process _holder;

    public GrubDisk()
    {
        var file = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : _directory, Path.GetFileName(_directory) + ".img");
        _holder = Shell.Start(
            "bash", "-euc",
            """
            trap 'rm -f "$1"' EXIT
            truncate -s 128M "$1"
            printf 'label: gpt\nsize=1MiB, type=21686148-6449-6E6F-744E-656564454649\nsize=48MiB, name=base\nsize=32MiB, name=allie-b\nsize=32MiB, name=boot\n' | sfdisk -q "$1"
            exec 9>/run/lock/allie-test-loop
            flock 9
            loop=$(losetup -P -f --show "$1")
            rm "$1"
            exec 8<>"$loop"
            partx -a "$loop" 2>/dev/null || partx -u "$loop"
            losetup -d "$loop"
            exec 9>&-
            echo "$loop"
            exec cat
            """,
            "grub-disk", file);
        Device = _holder.StandardOutput.ReadLine() ?? throw new InvalidOperationException(_holder.StandardError.ReadToEnd());
        File.WriteAllText(Path.Combine(_directory, "allie.toml"), $"[safety]\nallow-loop-devices = true\n[paths]\nstate = \"{_directory}/state\"\nrun = \"{_directory}/run\"\n");
        Line = "ro allie.home=grub:" + Shell.Run($"sfdisk --part-uuid {Device} 2").ToLowerInvariant() + ":/boot/grub";

        // How grub-install finds the start of a loop device's partition, which has no geometry to ask for; a machine without udev has none.
        Fake("udevadm", "[ \"$1\" = info ] || exit 1\npath=$(readlink -e /sys/class/block/\"$(basename \"${!#}\")\")\necho \"${path#/sys}\"");
        Run(
            """
            mkfs.ext4 -q -L base "$DISK"p2; mkfs.ext4 -q -U 99999999-8888-8a11-8666-555555555555 -L deb13 "$DISK"p3; mkfs.ext4 -q -L boot "$DISK"p4
            mount "$DISK"p2 /mnt
            grub-install --target=i386-pc --boot-directory=/mnt/boot "$DISK" 2>&1
            printf 'serial --unit=0\nterminal_output serial\nset default=0\nset timeout=3\nmenuentry old {\n  true\n}\nif [ -f $prefix/custom.cfg ]; then\n  source $prefix/custom.cfg\nfi\n' >/mnt/boot/grub/grub.cfg
            printf '# mine, and no line end' >/mnt/boot/grub/custom.cfg
            umount /mnt; mount "$DISK"p3 /mnt
            mkdir -p /mnt/sbin /mnt/boot /mnt/etc /mnt/var/lib/allie; echo init >/mnt/sbin/init; echo initrd >/mnt/boot/initrd.img-6.1
            python3 -c 'import sys; b = bytearray(8192); b[510:512] = b"\x55\xaa"; b[514:518] = b"HdrS"; sys.stdout.buffer.write(b)' >/mnt/boot/vmlinuz-6.1
            printf '{"image":"deb13","generation":2,"slot":"b","fsUuid":"99999999-8888-8a11-8666-555555555555","preparedAt":"2026-01-01T00:00:00Z"}\n' >/mnt/var/lib/allie/slot.json
            umount /mnt
            """);
    }

    public string Device { get; }

    /// <summary>/proc/cmdline, as allie sees it.</summary>
    public string Line { get; set; }

    public string Journal => Path.Combine(_directory, "state/boot-home.json");

    /// <summary>Slot b is what the PC starts from: tried, and confirmed by itself.</summary>
    public void Commit()
    {
        var line = Line;
        Expect(Allie("slot", "boot-next", "b"));
        Line = line + " allie.slot=b";
        Expect(Allie("commit"));
        Line = line;
    }

    public (int ExitCode, string Output, string Errors) Allie(params string[] arguments) => Allie("", arguments);

    public (int ExitCode, string Output, string Errors) Allie(string crashAt, string[] arguments) => InOwn([Binary.Path, .. arguments], crashAt);

    /// <summary>A script that sees the disk alone.</summary>
    public string Run(string script)
    {
        var (exitCode, output, errors) = InOwn(["bash", "-euo", "pipefail", "-c", script], "");
        return exitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"exit {exitCode} of: {script}\n{output}\n{errors}");
    }

    /// <summary>Runs it in the directory of a partition, read-only.</summary>
    public string In(int partition, string script) => Run($"mount -o ro,noload {Device}p{partition} /mnt; cd /mnt; {script}");

    /// <summary>A program of the test's own before the real one.</summary>
    public void Fake(string name, string script)
    {
        var file = Path.Combine(_directory, name);
        File.WriteAllText(file, "#!/bin/bash\n" + script + "\n");
        File.SetUnixFileMode(file, (UnixFileMode)0x1ED);
    }

    public string At(string name) => Path.Combine(_directory, name);

    /// <summary>Bytes of the disk, not of a cache.</summary>
    public byte[] Sectors(long first, int count)
    {
        Shell.Run($"blockdev --flushbufs {Device}");
        using var file = File.OpenRead(Device);
        file.Position = first * 512;
        var bytes = new byte[count * 512];
        file.ReadExactly(bytes);
        return bytes;
    }

    public void Dispose()
    {
        _holder.StandardInput.Close();
        _holder.WaitForExit();
        _holder.Dispose();
        Shell.Run($"rm -rf --one-file-system {_directory}");
    }

    private static void Expect((int ExitCode, string Output, string Errors) run) => Xunit.Assert.True(run.ExitCode == 0, run.Output + run.Errors);

    private (int ExitCode, string Output, string Errors) InOwn(string[] words, string crashAt)
    {
        var start = new ProcessStartInfo("unshare", ["-m", "--propagation", "private", "bash", "-euc", Own, "own", .. words])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DISK"] = Device;
        start.Environment["LINE"] = Line;
        start.Environment["ALLIE_CONFIG"] = Path.Combine(_directory, "allie.toml");
        start.Environment["ALLIE_CRASH_AT"] = crashAt;
        start.Environment["PATH"] = $"{_directory}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        return Prep.TrialPc.End(process);
    }
}
