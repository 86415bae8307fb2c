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

    [Fact]
    public void A_file_that_was_edited_is_replaced_only_on_a_yes_and_what_no_installer_takes_is_written_nowhere()
    {
        var said = InTemporary(
            """
            touch allie.toml
            make() { "$ALLIE_BINARY" installer "$@" --target PARTLABEL=allie-b </dev/null 2>&1 || echo rc=$?; }
            make kickstart --release fedora42 -o f.ks >/dev/null
            make kickstart --release F42 -o f.ks
            echo '# ours' >>f.ks
            make kickstart --release F42 -o f.ks -n
            make kickstart --release F42 -o f.ks
            tail -n 1 f.ks
            make kickstart --release F42 -o f.ks -y >/dev/null
            tail -n 1 f.ks
            echo '%end' >bad; echo 'curl: x' >worse
            make kickstart --release F42 --packages bad -o none
            make preseed --release 13 --url http://mirror.example.org/debian --packages worse -o none
            make kickstart --release F42 --url nonsense -o none
            make kickstart --release F42 --url '' -o none
            make kickstart --release EL6 -o none
            make kickstart --release F44 | head -n 1
            test ! -e none
            """);

        Assert.Matches("replace +[^ ]*f.ks .*it holds another text", said);
        Assert.Contains("f.ks is there and holds another text", said);
        Assert.Contains("# ours\n%end\n", said); // kept without a yes, gone with one
        Assert.Contains("bad: line 1: '%end' is no package that it can name", said);
        Assert.Contains("worse: line 1: 'curl:' is no package that it can name", said);
        Assert.Contains("'nonsense' is no installation tree", said);
        Assert.Contains("'' is no installation tree", said);
        Assert.Contains("no kickstart file can be made for EL6", said);
        Assert.Contains("F44 is newer than this allie knows", said);
        Assert.Equal(7, said.Split("rc=").Length - 1);
        Assert.Equal(1, said.Split("rc=3").Length - 1);
    }

    [Fact]
    public void A_file_of_another_family_or_release_goes_onto_no_medium()
    {
        RequireMachine();
        var said = InTemporary(
            """
            touch allie.toml; mkdir -p deb/.disk deb/boot/grub fed/boot/grub
            echo 'Debian GNU/Linux 12.5.0 "Bookworm" - Official amd64 NETINST with firmware 20240210-11:27' >deb/.disk/info
            printf '[general]\nfamily = Fedora\nversion = 42\n' >fed/.treeinfo
            printf 'menuentry Install {\n  linux /vmlinuz quiet\n  initrd /initrd.gz\n}\n' | tee deb/boot/grub/grub.cfg >fed/boot/grub/grub.cfg
            for name in deb fed; do grub-mkrescue -d /usr/lib/grub/i386-pc -o $name.iso $name -- -volid $name >mkrescue.log 2>&1 || { cat mkrescue.log; exit 1; }; done
            "$ALLIE_BINARY" installer preseed --release trixie --target PARTLABEL=allie-b --url http://mirror.example.org/debian -o trixie.cfg >/dev/null 2>&1
            "$ALLIE_BINARY" installer kickstart --release F41 --target PARTLABEL=allie-b -o f41.ks >/dev/null 2>&1
            for pair in 'deb f41.ks' 'deb trixie.cfg' 'fed trixie.cfg' 'fed f41.ks'; do
              "$ALLIE_BINARY" installer usb ${pair% *}.iso out.iso --file ${pair#* } 2>&1 || echo rc=$?
            done
            test ! -e out.iso
            """);

        Assert.Contains("f41.ks is a kickstart file, and the medium holds Debian GNU/Linux 12.5.0, whose installer reads a preseed file", said);
        Assert.Contains("trixie.cfg is made for trixie, and the medium holds Debian GNU/Linux 12.5.0", said);
        Assert.Contains("trixie.cfg is a preseed file, and the medium holds Fedora 42, whose installer reads a kickstart file", said);
        Assert.Contains("f41.ks is made for F41, and the medium holds Fedora 42", said);
        Assert.Equal(4, said.Split("rc=2").Length - 1);
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
