using System.Runtime.InteropServices;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot;

/// <summary>kexec_file_load(2) and the restart into what it loaded: no kexec-tools needed, and nothing is written to any disk.</summary>
public static unsafe class Kexec
{
    private const int LoadNumber = 320; // x86-64; arm64 has 294
    private const int RebootNumber = 169; // x86-64; arm64 has 142

    public static string? Refusal(string systemRoot = "/") =>
        !File.Exists(Path.Combine(systemRoot, "sys/kernel/kexec_loaded")) ? "this kernel has no kexec"
        : Text(systemRoot, "proc/sys/kernel/kexec_load_disabled") == "1" ? "kernel.kexec_load_disabled is set"
        : Text(systemRoot, "sys/kernel/security/lockdown").Contains("[none]", StringComparison.Ordinal) || Text(systemRoot, "sys/kernel/security/lockdown").Length == 0 ? null
        : "the kernel is locked down (Secure Boot): it starts only kernels that its keys have signed";

    public static bool IsLoaded => Text("/", "sys/kernel/kexec_loaded") == "1";

    /// <exception cref="UserError">Exit 1, with what the kernel's answer means.</exception>
    public static void Load(ImageRoot slot, string kernel, string initrd, string line)
    {
        var text = Bytes.Of(line);
        using var kernelFile = slot.OpenRead(ImagePath.Of(kernel));
        using var initrdFile = slot.OpenRead(ImagePath.Of(initrd));
        fixed (byte* start = text)
        {
            var number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? LoadNumber : 294;
            var loaded = Libc.syscall5(
                number, (nint)kernelFile.SafeFileHandle.DangerousGetHandle(), initrdFile.SafeFileHandle.DangerousGetHandle(), text.Length, (nint)start, 0);
            if (loaded != 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                throw new UserError($"cannot load {kernel} by kexec: {Errno.Text(errno)}", errno switch
                {
                    Errno.EPERM or 126 or 129 or Errno.ENODATA => "the kernel takes only signed kernels; use the PC's boot loader: --method grub or another",
                    Errno.EBUSY => "another kernel is loaded already: kexec -u takes it away",
                    _ => "use the PC's boot loader: --method grub or another",
                });
            }
        }
    }

    /// <summary>systemd stops everything and then starts the loaded kernel; without it we sync and go at once.</summary>
    public static void Switch(IRunner runner)
    {
        if (Directory.Exists("/run/systemd/system"))
        {
            runner.RunChecked(new Command("systemctl", "kexec"));
            return;
        }

        const int Magic = unchecked((int)0xfee1dead), Magic2 = 672274793, RestartKexec = 0x45584543; // reboot(2)
        Libc.sync();
        var number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? RebootNumber : 142;
        _ = Libc.syscall(number, Magic, (void*)Magic2, (void*)RestartKexec, 0);
        throw LinuxException.Last("start the loaded kernel by", "kexec");
    }

    private static string Text(string root, string path) => Path.Combine(root, path) is var file && File.Exists(file) ? File.ReadAllText(file).Trim() : "";
}
