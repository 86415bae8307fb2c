using System.Diagnostics;
using System.Runtime.InteropServices;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot;

/// <summary>
/// Everything written is where a boot loader finds it: GRUB and EXTLINUX replay no journal, so after syncfs the journal is emptied. ext4 has a
/// call for just that since Linux 5.14; elsewhere the file system is frozen and thawed (FIFREEZE). A child process thaws it should we die in
/// between; it leaves our session and control group, so that what ends all of a run does not end it. A frozen file system that nobody thaws stays so
/// until the next start, so the gentler way comes first.
/// </summary>
public static unsafe class FrozenFlush
{
    /// <summary>The hidden verb that is the guard.</summary>
    public const string GuardVerb = "thaw-guard";

    private const char Thawed = 't';

    /// <param name="directory">On the file system meant.</param>
    /// <param name="fileSystem">Its type: VFAT has no journal, and freezing it does nothing but wait.</param>
    /// <param name="crash">For tests.</param>
    public static void Flush(string directory, string fileSystem, BootCrash crash)
    {
        using var root = ImageRoot.Open(directory);
        root.SyncFileSystem();
        if (fileSystem is not ("vfat" or "tmpfs" or "overlay") && (crash.WantsFreezing || !Checkpoint(directory)))
        {
            FreezeAndThaw(directory, crash);
        }
    }

    /// <summary>False where the file system or the kernel has no such call.</summary>
    private static bool Checkpoint(string directory)
    {
        using var fd = Fd.Open(Flags.AtFdCwd, Bytes.Of(directory), Flags.ReadOnly | Flags.Directory, directory);
        var flags = 0u;
        return Libc.ioctl(fd.Number, Flags.CheckpointExt4, &flags) == 0;
    }

    /// <summary>The guard's life: waits for the parent's word or its end, then thaws in the second case.</summary>
    public static int Guard(string directory)
    {
        StandAside();
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var fd = Fd.Open(Flags.AtFdCwd, Bytes.Of(directory), Flags.ReadOnly | Flags.Directory, directory);
        Console.Out.Write('r');
        Console.Out.Flush();
        if (Console.In.Read() == Thawed || Libc.ioctl(fd.Number, Flags.ThawFileSystem, null) != 0)
        {
            return 0;
        }

        Console.Error.WriteLine($"allie: a run was ended while {directory} was frozen; it is thawed");
        return 0;
    }

    /// <summary>Out of reach of what ends a whole run: its session, its control group (systemctl stop, cgroup.kill), and the choice of a victim when memory is short.</summary>
    private static void StandAside()
    {
        _ = Libc.setsid();
        foreach (var (file, word) in new[]
        {
            ("/proc/self/oom_score_adj", "-1000"), ("/sys/fs/cgroup/cgroup.procs", "0"), ("/sys/fs/cgroup/unified/cgroup.procs", "0"), ("/sys/fs/cgroup/systemd/cgroup.procs", "0"),
        })
        {
            try
            {
                if (File.Exists(file))
                {
                    File.WriteAllText(file, word);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // a container that may not: the guard is there all the same
            }
        }
    }

    private static void FreezeAndThaw(string directory, BootCrash crash)
    {
        using var fd = Fd.Open(Flags.AtFdCwd, Bytes.Of(directory), Flags.ReadOnly | Flags.Directory, directory);
        using var guard = Process.Start(new ProcessStartInfo(OwnProgram.Path, [GuardVerb, directory]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        if (guard.StandardOutput.Read() != 'r')
        {
            throw new IOException($"cannot guard the freezing of {directory}: the guard did not start");
        }

        if (Libc.ioctl(fd.Number, Flags.FreezeFileSystem, null) != 0)
        {
            // EBUSY: somebody else has frozen it (a snapshot), which does the same; others: a file system that cannot, or a container
            var errno = Marshal.GetLastPInvokeError();
            End(guard);
            if (errno is not (Errno.EOPNOTSUPP or Errno.EBUSY or Errno.EPERM))
            {
                throw new LinuxException("freeze", directory, errno);
            }

            return;
        }

        crash.Frozen();
        var thawed = Libc.ioctl(fd.Number, Flags.ThawFileSystem, null) == 0 ? 0 : Marshal.GetLastPInvokeError();
        End(guard);
        if (thawed is not (0 or Errno.EINVAL))
        {
            throw new LinuxException("thaw", directory, thawed);
        }
    }

    private static void End(Process guard)
    {
        guard.StandardInput.Write(Thawed);
        guard.StandardInput.Close();
        guard.WaitForExit();
    }
}
