using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Installers;

/// <summary>The verbs as they are typed; the entry is booted by a real GRUB in QEMU, with the kernel of Debian's packaged installer.</summary>
public sealed class InstallerVerbTests
{
    private const string Installer = "/usr/lib/debian-installer/images/12/amd64/text/debian-installer/amd64";

    [Fact]
    public void A_generated_file_passes_lint_by_a_relative_name_and_a_bad_line_is_told()
    {
        var said = InTemporary(
            """
            touch allie.toml
            "$ALLIE_BINARY" installer preseed --release trixie --target PARTLABEL=allie-b --url http://mirror.example.org/debian -o t.cfg 2>&1
            "$ALLIE_BINARY" installer lint t.cfg 2>&1; echo rc=$?
            echo 'd-i partman-auto/method string regular' >>t.cfg
            "$ALLIE_BINARY" installer lint t.cfg 2>&1 || echo rc=$?
            """);

        Assert.Contains("Preseed, 0 findings", said);
        Assert.Contains("rc=0", said);
        Assert.Contains("[automatic-partitions]", said);
        Assert.EndsWith("rc=3", said);
    }

    [Fact]
    public void The_boot_entry_boots_the_installers_kernel_with_its_line()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Assert.SkipUnless(File.Exists(Installer + "/linux"), "needs the package debian-installer-12-netboot-amd64");
        Assert.SkipUnless(
            new[] { "/usr/bin/qemu-system-x86_64", "/usr/bin/grub-mkrescue", "/usr/bin/xorriso", "/usr/lib/grub/i386-pc/cdboot.img" }.All(File.Exists),
            "needs qemu-system-x86, grub-pc-bin and xorriso");

        var said = InTemporary(
            $$"""
            touch allie.toml; mkdir -p iso/boot/grub
            printf '%s\n' 'serial --unit=0' 'terminal_output serial' 'set timeout=0' 'set default=allie-installer' 'menuentry base --id base { true; }' \
              'if [ -f $prefix/custom.cfg ]; then' '  source $prefix/custom.cfg' 'fi' >iso/boot/grub/grub.cfg
            "$ALLIE_BINARY" installer boot-entry --config allie.toml --grub iso/boot/grub --kernel {{Installer}}/linux --initrd {{Installer}}/initrd.gz \
              --line 'console=ttyS0 panic=-1 allie.target=PARTLABEL=allie-b vanilla' 2>/dev/null
            grub-mkrescue -d /usr/lib/grub/i386-pc -o x.iso iso >mkrescue.log 2>&1 || { cat mkrescue.log; exit 1; }
            qemu-system-x86_64 -accel tcg,thread=multi -m 512 -nographic -no-reboot -nic none -cdrom x.iso -boot d </dev/null >serial.log 2>&1 &
            guest=$!
            trap 'kill $guest 2>/dev/null || :' EXIT
            for i in $(seq 240); do
              grep -aq 'Kernel command line' serial.log && break
              kill -0 $guest 2>/dev/null || break
              sleep 0.5
            done
            tr -d '\r' <serial.log | grep -aE 'Linux version|Kernel command line' || tail -c 2000 serial.log
            "$ALLIE_BINARY" installer boot-entry --config allie.toml --grub iso/boot/grub --remove 2>/dev/null
            ls -A iso/boot/grub | grep -vE '^(i386-pc|fonts|locale|roms|x86_64-efi)$'
            """);

        Assert.Contains("Linux version", said);
        Assert.Contains("console=ttyS0 panic=-1 allie.target=PARTLABEL=allie-b vanilla", said);
        Assert.EndsWith("\ngrub.cfg", said);
    }

    private static string InTemporary(string script)
    {
        var directory = Directory.CreateTempSubdirectory("allie-test-").FullName;
        try
        {
            return Shell.Run($"cd {directory}\n{script}").TrimEnd('\n');
        }
        finally
        {
            Shell.Run($"rm -rf {directory}");
        }
    }
}
