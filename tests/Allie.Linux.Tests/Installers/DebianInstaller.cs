using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Installers;

/// <summary>The root file system of Debian's own packaged netboot installer, with its busybox and its blkid, below a directory of a test.</summary>
internal sealed class DebianInstaller
{
    private const string Initrd = "/usr/lib/debian-installer/images/12/amd64/text/debian-installer/amd64/initrd.gz";
    private readonly TempDirectory _directory;

    public DebianInstaller(TempDirectory directory)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Assert.SkipUnless(File.Exists(Initrd), "needs the package debian-installer-12-netboot-amd64");
        _directory = directory;
        Shell.Run($"mkdir -p di && cd di && zcat {Initrd} | cpio -id --quiet --no-absolute-filenames 'bin/*' 'sbin/*' 'lib/*.so*' 'lib/x86_64-linux-gnu/*' 'lib64/*' 'usr/bin/*' 'usr/lib/x86_64-linux-gnu/lib*' 'usr/sbin/*'", directory.Path);
    }

    /// <param name="command">The value of a ..._command question: its lines are one line to the installer.</param>
    /// <param name="before">Run first, in the same mount namespace.</param>
    /// <returns>What it said, and rc= with its exit code.</returns>
    public string Run(string command, string kernelLine, string before = "true")
    {
        _directory.Write("command", command.Replace('\n', ' '));
        _directory.Write("cmdline", kernelLine + "\n");
        return Shell.Run(
            $"""
            exec unshare -m bash -c '
              mkdir -p di/dev di/proc di/sys di/tmp
              mount --rbind /dev di/dev; mount --rbind /sys di/sys; mount --bind /proc di/proc
              mount --bind cmdline di/proc/cmdline; mount --bind /dev/null di/dev/console
              {before}
              chroot di /bin/sh -c "$(cat command)" 2>&1 || rc=$?; echo "rc=$((rc + 0))"'
            """, _directory.Path);
    }
}
