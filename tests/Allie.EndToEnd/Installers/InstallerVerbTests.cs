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
    public void A_file_that_was_edited_is_not_written_over_without_a_word()
    {
        var said = InTemporary(
            """
            touch allie.toml; set -- "$ALLIE_BINARY" installer kickstart --release f42 --target PARTLABEL=allie-b
            "$@" -o a.ks >/dev/null; "$@" -o a.ks; echo same=$?
            echo '# mine' >>a.ks; ln -s a.ks link
            "$@" -o a.ks 2>&1 </dev/null || echo rc=$?
            "$@" -o a.ks -n || echo rc=$?
            tail -n 1 a.ks
            "$@" -o link -y >/dev/null; tail -n 1 a.ks; [ -L link ]
            "$@" -o /dev/null 2>&1 || echo rc=$?
            [ -c /dev/null ] && "$@" -o - | cmp - a.ks && echo equal
            """);

        Assert.StartsWith("same=0\n", said);
        Assert.Contains("holds another text", said);
        Assert.Contains("-o a.ks -y\nrc=2\nreplace  a.ks  (it holds another text)\nrc=3\n# mine\n%end\n", said);
        Assert.EndsWith("rc=2\nequal", said);
    }

    [Fact]
    public void The_boot_entry_boots_the_installers_kernel_with_its_line()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        RequireMachine();
        var said = InTemporary(
            $$"""
            touch allie.toml; mkdir -p iso/boot/grub
            printf '%s\n' 'serial --unit=0' 'terminal_output serial' 'set timeout=0' 'set default=allie-installer' 'menuentry base --id base { true; }' \
              'if [ -f $prefix/custom.cfg ]; then' '  source $prefix/custom.cfg' 'fi' >iso/boot/grub/grub.cfg
            "$ALLIE_BINARY" installer boot-entry --config allie.toml --grub iso/boot/grub --kernel {{Installer}}/linux --initrd {{Installer}}/initrd.gz \
              --line 'console=ttyS0 panic=-1 allie.target=PARTLABEL=allie-b vanilla' 2>/dev/null
            grub-mkrescue -d /usr/lib/grub/i386-pc -o x.iso iso >mkrescue.log 2>&1 || { cat mkrescue.log; exit 1; }
            {{Boot("-cdrom x.iso -boot d")}}
            "$ALLIE_BINARY" installer boot-entry --config allie.toml --grub iso/boot/grub --remove 2>/dev/null
            ls -A iso/boot/grub | grep -vE '^(i386-pc|fonts|locale|roms|x86_64-efi)$'
            """);

        Assert.Contains("Linux version", said);
        Assert.Contains("console=ttyS0 panic=-1 allie.target=PARTLABEL=allie-b vanilla", said);
        Assert.EndsWith("\ngrub.cfg", said);
    }

    [Fact]
    public void Lint_knows_the_release_of_our_own_file_and_tells_it_to_ksvalidator()
    {
        var said = InTemporary(
            """
            touch allie.toml; mkdir bin
            printf '#!/bin/sh\necho "$@" >>"$(dirname "$0")/../asked"\n' >bin/ksvalidator; chmod +x bin/ksvalidator; PATH=$PWD/bin:$PATH
            "$ALLIE_BINARY" installer kickstart --release F20 --target PARTLABEL=allie-b -o f20.ks 2>/dev/null >&2
            "$ALLIE_BINARY" installer lint f20.ks 2>&1
            "$ALLIE_BINARY" installer lint --release EL9 f20.ks 2>&1 || echo rc=$?
            sed "s|$PWD/||" asked
            """);

        Assert.Contains("f20.ks: Kickstart, 0 findings", said);
        Assert.Contains("[location-partition]", said);
        Assert.EndsWith("rc=3\n-v F20 f20.ks\n-v RHEL9 f20.ks", said);
    }

    [Fact]
    public void A_stick_boots_the_installers_kernel_with_the_line_that_names_the_file_on_it()
    {
        RequireMachine();
        var said = InTemporary(
            $$"""
            touch allie.toml; mkdir -p iso/boot/grub iso/install.amd
            cp {{Installer}}/linux iso/install.amd/vmlinuz; echo none | gzip >iso/install.amd/initrd.gz
            printf '%s\n' 'serial --unit=0' 'terminal_output serial' 'set timeout=0' 'menuentry Install {' \
              '  linux /install.amd/vmlinuz panic=-1 console=ttyS0 --- splash' '  initrd /install.amd/initrd.gz' '}' >iso/boot/grub/grub.cfg
            grub-mkrescue -d /usr/lib/grub/i386-pc -o a.iso iso >mkrescue.log 2>&1 || { cat mkrescue.log; exit 1; }
            "$ALLIE_BINARY" installer preseed --release bookworm --target PARTLABEL=allie-b --url http://mirror.example.org/debian -o d.cfg >/dev/null 2>&1
            "$ALLIE_BINARY" installer usb a.iso b.iso --file d.cfg --keyword vanilla -n || echo rc=$?
            [ ! -e b.iso ]
            "$ALLIE_BINARY" installer usb a.iso b.iso --file d.cfg --keyword vanilla
            {{Boot("-drive file=b.iso,if=virtio,format=raw")}}
            echo 'd-i partman-auto/method string regular' >>d.cfg
            "$ALLIE_BINARY" installer usb a.iso c.iso --file d.cfg 2>&1 || echo rc=$?
            ls
            """);

        Assert.Contains("edit   /boot/grub/grub.cfg", said);
        Assert.Contains("rc=3", said);
        Assert.Contains("Linux version", said);
        Assert.Contains("panic=-1 console=ttyS0 auto=true priority=critical file=/cdrom/allie.cfg vanilla --- splash", said);
        Assert.EndsWith("rc=2\na.iso\nallie.toml\nb.iso\nd.cfg\niso\nmkrescue.log\nserial.log", said);
    }

    private static void RequireMachine()
    {
        Assert.SkipUnless(File.Exists(Installer + "/linux"), "needs the package debian-installer-12-netboot-amd64");
        Assert.SkipUnless(
            new[] { "/usr/bin/qemu-system-x86_64", "/usr/bin/grub-mkrescue", "/usr/bin/xorriso", "/usr/lib/grub/i386-pc/cdboot.img" }.All(File.Exists),
            "needs qemu-system-x86, grub-pc-bin and xorriso");
    }

    /// <summary>Starts it, waits for the kernel's first lines, and prints them.</summary>
    private static string Boot(string drive) =>
        $"""
        qemu-system-x86_64 -accel tcg,thread=multi -m 512 -nographic -no-reboot -nic none {drive} </dev/null >serial.log 2>&1 &
        guest=$!
        trap 'kill $guest 2>/dev/null || :' EXIT
        for i in $(seq 240); do
          grep -aq 'Kernel command line' serial.log && break
          kill -0 $guest 2>/dev/null || break
          sleep 0.5
        done
        kill $guest 2>/dev/null || :
        tr -d '\r' <serial.log | grep -aE 'Linux version|Kernel command line' || tail -c 2000 serial.log
        """;

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
