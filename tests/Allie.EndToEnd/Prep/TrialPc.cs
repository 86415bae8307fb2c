using System.Diagnostics;
using System.Text.Json.Nodes;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>A PC with a disk of its own and a server: /dev shows that disk alone, so that nothing can reach another one.</summary>
public sealed class TrialPc : IDisposable
{
    private readonly string _directory;
    private readonly Process? _own;

    public TrialPc(int slotMebibytes = 96, bool diskOnOwnFileSystem = false)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: loop devices, mounts");
        _directory = Directory.CreateTempSubdirectory("allie-prep-").FullName;
        try
        {
            Disk = new(_directory, slotMebibytes, diskOnOwnFileSystem);
            Server = new(Path.Combine(_directory, "server"));
            _own = OwnMounts();
        }
        catch
        {
            Dispose();
            throw;
        }

        File.WriteAllText(Path.Combine(Grub, "grub.cfg"), "set default=0\nif [ -f  ${config_directory}/custom.cfg ]; then\n  source ${config_directory}/custom.cfg\nfi\n");
        Settings();
    }

    /// <summary>When set, allie runs in its client's namespace and reaches the server's alone.</summary>
    public TwoNetworks? Network { get; set; }

    /// <summary>Puts a program of our own before the real one; it appends its arguments to the file that is given back.</summary>
    public string Fake(string tool, string script)
    {
        var directory = Path.Combine(_directory, "fake");
        Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, tool);
        var calls = file + ".calls";
        File.WriteAllText(file, $"#!/bin/bash\necho \"$*\" >>{calls}\n{script}\n");
        File.SetUnixFileMode(file, (UnixFileMode)0x1ED);
        return calls;
    }

    /// <summary>Words before allie: strace and its options.</summary>
    public IReadOnlyList<string> Under { get; set; } = [];

    public LoopDisk Disk { get; }

    public ImageServer Server { get; }

    /// <summary>GRUB's directory, seen from outside of the PC's own mounts.</summary>
    public string Grub => $"/proc/{_own!.Id}/root{GrubInside}";

    public IReadOnlyList<string> GrubFiles => [.. Directory.GetFiles(Grub).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private string GrubInside => Path.Combine(_directory, "grub");

    public string State => Path.Combine(_directory, "state");

    public bool JournalIsThere => Directory.Exists(Path.Combine(State, "prep")) && Directory.GetFiles(Path.Combine(State, "prep")).Length > 0;

    /// <summary>The running system's /etc/fstab, as far as this PC's commands see; empty: this machine's own.</summary>
    public string Fstab { get; set; } = "";

    /// <summary>The last stage in slot a's journal; null when there is none.</summary>
    public string? JournalDone =>
        Path.Combine(State, "prep", "a.json") is var file && File.Exists(file)
            ? JsonNode.Parse(File.ReadAllText(file))!["done"]!.GetValue<string>()
            : null;

    public void Settings(string more = "", int patience = 60) => File.WriteAllText(Path.Combine(_directory, "allie.toml"), $"""
        [server]
        address = "{(Network is null ? "127.0.0.1" : TwoNetworks.ServerAddress)}"
        port = {Server.Port}
        patience = {patience}
        [safety]
        allow-loop-devices = true
        [boot]
        grub = "{GrubInside}"
        arguments = "console=ttyS0"
        [paths]
        state = "{State}"
        stamp = "{_directory}/allie-image"
        run = "{_directory}/run"
        {more}

        """);

    /// <summary>All that must survive, by other programs than the one that copied; without what prep makes this PC's.</summary>
    public const string Witness = """
        find . -xdev \( -path ./etc -o -path ./lost+found -o -path ./var/lib/allie -o -path ./tmp \) -prune -o -path . -o -path ./var/lib -o \
          -type d -printf '%P %y %m %U %G %T@\n' -o -printf '%P %y %m %U %G %n %s %T@ %l\n' | LC_ALL=C sort
        find usr var/lib boot -xdev -path var/lib/allie -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum
        find . -xdev -type c -exec stat -c '%n %t:%T' {} +
        find usr boot -xdev -print0 | LC_ALL=C sort -z | xargs -0 getfattr -h -d -m - | grep -v '^trusted.SGI_ACL_'
        """;

    /// <summary>The slot has the server's tree, this generation, and a sound file system.</summary>
    public void AssertIsTheImage(string device, int generation)
    {
        Assert.Equal(Shell.Run($"cd {Server.Tree}\n{Witness}"), InSlot(device, Witness));
        Assert.Contains($"generation = {generation}\n", InSlot(device, "cat etc/allie-image"), StringComparison.Ordinal);
        AssertMarked(device, generation);
        Assert.Equal(Shell.Run("cat /etc/hostname"), InSlot(device, "cat etc/hostname"));
        Assert.NotEqual("", InSlot(device, "cat etc/ssh/ssh_host_ed25519_key.pub"));
        Assert.Equal("600", InSlot(device, "stat -c %a etc/ssh/ssh_host_ed25519_key"));
        Assert.True(int.Parse(InSlot(device, @"du -k 'var/lib/holes' 'var/lib/a*[b]?\c' | awk '{n+=$1} END {print n}'")) < 300, "the holes were filled");
        Shell.Run($"case $(blkid -p -s TYPE -o value {device}) in ext4) e2fsck -fn {device};; xfs) xfs_repair -n {device};; btrfs) btrfs check -q {device};; esac");
    }

    /// <summary>Bytes that the rsync processes of a run have read so far; 0 while it has none.</summary>
    public static long BytesMoved(int processId) => long.Parse(Shell.Run($$"""
        all() { for child in $(pgrep -P $1 || true); do echo $child; all $child; done; }
        sum=0
        for process in $(all {{processId}}); do
          [ "$(cat /proc/$process/comm 2>/dev/null)" = rsync ] || continue
          sum=$((sum + $(awk '/rchar/ { print $2 }' /proc/$process/io 2>/dev/null || echo 0)))
        done
        echo $sum
        """));

    public static void AssertMarked(string device, int generation) =>
        Assert.Contains($"\"generation\":{generation}", InSlot(device, "cat var/lib/allie/slot.json"), StringComparison.Ordinal);

    public static string Uuid(string device) => Shell.Run($"blkid -p -s UUID -o value {device}");

    public static string Label(string device) => Shell.Run($"blkid -p -s LABEL -o value {device}");

    /// <summary>Changes a slot in a mount that nobody else sees.</summary>
    public static void ChangeSlot(string device, string script) =>
        Shell.Run($"unshare -m --propagation private bash -euo pipefail -c 'mount {device} /mnt; cd /mnt; {script}'");

    public (int ExitCode, string Output, string Errors) Allie(params string[] arguments) => Allie("", arguments);

    /// <param name="crashAt">Stage after whose journal entry the process ends on the spot.</param>
    public (int ExitCode, string Output, string Errors) Allie(string crashAt, string[] arguments)
    {
        using var process = Start(crashAt, arguments);
        return End(process);
    }

    public static (int ExitCode, string Output, string Errors) End(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(600_000))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("allie did not end within 600 s");
        }

        return (process.ExitCode, output.Result, errors.Result);
    }

    public Process Start(string crashAt, params string[] arguments)
    {
        const string OwnDev = """
            mount -t tmpfs -o mode=755 tmpfs /mnt
            for n in null zero full random urandom tty; do cp -a /dev/$n /mnt/; done
            cp -a "$1" "$1"p* /mnt/
            ln -s /proc/self/fd /mnt/fd
            if [ -n "$FSTAB" ]; then echo "$FSTAB" >/mnt/fstab; mount --bind /mnt/fstab /etc/fstab; fi
            mount --move /mnt /dev
            mount -t tmpfs tmpfs /var/lib
            shift
            exec "$@"
            """;
        string[] words = [.. Network?.Client ?? [], "nsenter", "-t", $"{_own!.Id}", "-m", "unshare", "-m", "--propagation", "private", "bash", "-euc", OwnDev, "pc", Disk.Device, .. Under, Binary.Path, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ALLIE_CONFIG"] = Path.Combine(_directory, "allie.toml");
        start.Environment["ALLIE_CRASH_AT"] = crashAt;
        start.Environment["FSTAB"] = Fstab;
        start.Environment["PATH"] = $"{Path.Combine(_directory, "fake")}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>
    /// GRUB's directory is on an ext4 of its own: GRUB can write to it, and it can be frozen without this machine noticing. The mount is gone
    /// with the process that made it.
    /// </summary>
    private Process OwnMounts()
    {
        var process = Shell.Start(
            "unshare", "-m", "--propagation", "private", "bash", "-euc",
            """
            file=$(mktemp -p /dev/shm allie-grub-XXXXXX)
            trap 'rm -f "$file"' EXIT
            truncate -s 16M "$file"
            mkfs.ext4 -q "$file"
            mkdir "$1"
            mount -o loop "$file" "$1"
            rm "$file"
            echo mounted
            exec cat
            """,
            "own-mounts", GrubInside);
        return process.StandardOutput.ReadLine() == "mounted" ? process : throw new InvalidOperationException(process.StandardError.ReadToEnd());
    }

    /// <summary>Runs a script with allie, $target (an empty file system that nobody else sees) and $tree (the server's image).</summary>
    public string OnEmptyFileSystem(string script)
    {
        var set = $"export ALLIE_CONFIG={_directory}/allie.toml; target=/mnt; tree={Server.Tree}; allie() {{ {Binary.Path} \"$@\"; }}; mount -t tmpfs tmpfs /mnt";
        var (exitCode, output, errors) = Binary.Run("unshare", ["-m", "--propagation", "private", "bash", "-euo", "pipefail", "-c", set + "\n" + script]);
        return exitCode == 0 ? output : throw new InvalidOperationException($"exit {exitCode} of: {script}\n{output}\n{errors}");
    }

    /// <summary>
    /// Runs a script in the directory of a mounted slot, read-only, seen by nobody else. What a killed run had started (an rsync, a mkfs) may hold the slot
    /// until it is done, and its end writes out what is cached: two minutes are waited for that.
    /// </summary>
    public static string InSlot(string device, string script)
    {
        var mount =
            $$"""
            options=ro,$(case $(blkid -p -s TYPE -o value {{device}}) in ext4) echo noload;; *) echo norecovery;; esac)
            for ((tries = 0; ; tries++)); do
              if mount -o $options {{device}} /mnt; then break; fi
              if [ $tries -ge 1200 ]; then
                echo "who has it:"
                for p in $(grep -l " - [^ ]* {{device}} " /proc/[0-9]*/mountinfo 2>/dev/null); do p=${p%/mountinfo}; echo "${p#/proc/} $(tr '\0' ' ' <$p/cmdline)"; grep -E '^(State|PPid)' $p/status || true; cat $p/wchan $p/stack || true; done
                exit 32
              fi
              sleep 0.1
            done
            cd /mnt
            """;
        var (exitCode, output, errors) = Binary.Run("unshare", ["-m", "--propagation", "private", "bash", "-euo", "pipefail", "-c", mount + "\n" + script]);
        return exitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"exit {exitCode} of: {script}\n{output}\n{errors}");
    }

    /// <summary>Of the bytes on the device: the partitions and their disk have separate caches.</summary>
    public static string Sum(string device) => Shell.Run($"blockdev --flushbufs {device}*; dd if={device} iflag=direct bs=1M status=none | md5sum");

    public void Dispose()
    {
        Server?.Dispose();
        Disk?.Dispose();
        _own?.StandardInput.Close();
        _own?.WaitForExit();
        _own?.Dispose();
        Shell.Run($"rm -rf --one-file-system {_directory}");
        Assert.DoesNotContain(_directory, File.ReadAllText("/proc/mounts"), StringComparison.Ordinal);
    }
}
