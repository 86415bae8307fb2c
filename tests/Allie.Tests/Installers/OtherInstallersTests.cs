using System.Text.RegularExpressions;
using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Lint;
using Xunit;

namespace Allie.Tests.Installers;

public class OtherInstallersTests
{
    private const string Hash = "$6$salt$abc./DEF";
    private const string Key = "ssh-ed25519 AAAAC3Nza admin@server";

    private const string Disk = """
        {"partitiontable": {"label":"gpt","device":"/dev/sda","sectorsize":512,"partitions":[
          {"node":"/dev/sda1","start":2048,"size":131072,"type":"C12A7328-F81F-11D2-BA4B-00A0C93EC93B","uuid":"AA","name":"esp"},
          {"node":"/dev/sda2","start":133120,"size":4096,"type":"0FC63DAF-8483-4772-8E79-3D69D8477DE4","uuid":"BB","name":"base"},
          {"node":"/dev/sda3","start":137216,"size":4096,"type":"0FC63DAF-8483-4772-8E79-3D69D8477DE4","uuid":"CC","name":"allie-b"}]}}
        """;

    public static TheoryData<string> Suites => [.. Preseed.Suites];

    /// <summary>The file is the same for all but for the suite's name.</summary>
    [Theory]
    [MemberData(nameof(Suites))]
    public void The_preseed_file_is_the_golden_one_and_passes_the_lint(string suite)
    {
        var text = Preseed.Make(suite, Slot, ["vanilla", "nogui"], "http://server:8080/debian/", RootAccess.Check(Hash, Key), Preseed.UsualPackages).Format();

        Golden.Check("preseed.cfg", Regex.Replace(text, $@"\b{suite}\b", "SUITE"));
        Assert.Empty(PreseedLint.Check(text));
    }

    [Fact]
    public void Without_a_password_the_installer_asks_for_none()
    {
        var text = Preseed.Make("trixie", Slot, [], "http://server/debian", RootAccess.Locked, Preseed.UsualPackages).Format();

        Assert.Contains("\nd-i passwd/root-password-crypted password *\n", text);
        Assert.Empty(PreseedLint.Check(text));
    }

    [Theory]
    [InlineData("noble", "http://h/debian")]
    [InlineData("trixie", "https://h/debian")]
    [InlineData("trixie", "http://user:word@h/debian")]
    [InlineData("trixie", "debian")]
    [InlineData("trixie", "")]
    [InlineData("trixie", "http://h/debian?arch=amd64")]
    public void What_debians_installer_cannot_do_is_refused(string suite, string mirror) =>
        Assert.Equal(2, Assert.Throws<UserError>(() => Preseed.Make(suite, Slot, [], mirror, RootAccess.Locked, [])).ExitCode);

    /// <summary>choose-mirror asks anew where the directory is empty.</summary>
    [Theory]
    [InlineData("12", "http://h", "bookworm", "/")]
    [InlineData("Debian-13", "http://h/", "trixie", "/")]
    [InlineData("Trixie", "http://h/debian/", "trixie", "/debian")]
    public void The_suite_may_be_said_by_its_number_and_the_mirror_has_a_directory(string release, string mirror, string suite, string directory)
    {
        var text = Preseed.Make(release, Slot, [], mirror, RootAccess.Locked, []).Format();

        Assert.Contains($"\nd-i mirror/suite string {suite}\n", text);
        Assert.Contains($"\nd-i mirror/http/directory string {directory}\n", text);
    }

    [Theory]
    [InlineData("efi")]
    [InlineData("bios")]
    public void The_autoinstall_file_keeps_every_partition_and_is_the_golden_one(string firmware)
    {
        var efi = DiskLayout.Parse(Disk, "sda.json");
        var disk = firmware == "efi" ? efi : efi with { Parts = [.. efi.Parts.Skip(1)] };
        var text = Autoinstall.Make(disk, Slot, firmware == "bios", firmware == "efi", RootAccess.Check(Hash, Key), ["rsync", "cron"]).Format();

        Golden.Check($"autoinstall-{firmware}.yaml", text);
        Assert.Empty(AutoinstallLint.Check(text));
        Assert.Single(text.Split('\n'), l => l.Contains("wipe:") && l.Contains("number: 3"));
    }

    [Fact]
    public void Ubuntus_boot_loader_is_refused_until_it_is_accepted()
    {
        var efi = DiskLayout.Parse(Disk, "f");
        var bios = efi with { Parts = [.. efi.Parts.Skip(1)] };

        Assert.Contains("bootstrap", Assert.Throws<UserError>(() => Autoinstall.Make(efi, Slot, true, false, RootAccess.Locked, [])).Hint);
        Assert.Contains("--accept-mbr", Assert.Throws<UserError>(() => Autoinstall.Make(bios, Slot, false, true, RootAccess.Locked, [])).Hint);
        Assert.Contains("grub_device: true", Autoinstall.Make(bios, Slot, true, false, RootAccess.Locked, []).Format());
    }

    [Theory]
    [InlineData("PARTUUID=bb")]
    [InlineData("PARTLABEL=allie-c")]
    [InlineData("LABEL=x")]
    public void Only_a_slot_of_that_disk_is_a_target(string target) =>
        Assert.Throws<UserError>(() => DiskLayout.Parse(Disk, "f").Slot(new(target.Split('=')[0], target.Split('=')[1])));

    [Theory]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("""{"partitiontable": {"label":"dos"}}""")]
    [InlineData("""{"partitiontable": {"label":"gpt","device":"/dev/sda, x: y","partitions":[]}}""")]
    [InlineData("""{"partitiontable": {"label":"gpt","device":"/dev/sda","partitions":[{"node":"/dev/sdb1","start":1,"size":1}]}}""")]
    [InlineData("""{"partitiontable": {"label":"gpt","device":"/dev/sda","partitions":[{"node":"x","start":1,"size":1}]}}""")]
    public void What_sfdisk_did_not_print_is_refused(string text) => Assert.Throws<UserError>(() => DiskLayout.Parse(text, "f"));

    [Fact]
    public void No_password_in_clear_and_no_private_key_is_taken()
    {
        Assert.Throws<UserError>(() => RootAccess.Check("secret", null));
        Assert.Throws<UserError>(() => RootAccess.Check(null, "-----BEGIN OPENSSH PRIVATE KEY-----"));
        Assert.Throws<UserError>(() => RootAccess.Check(null, "ssh-ed25519 AAAA '$(x)'"));
    }

    [Fact]
    public void A_kickstart_file_has_the_hash_the_key_and_the_packages()
    {
        var text = (Kickstart.Make(InstallerRelease.Parse("F42"), Slot, [], null) with { Access = RootAccess.Check(Hash, Key), Packages = ["@minimal", "vim"] }).Format();

        Assert.Contains($"\nrootpw --iscrypted {Hash}\n", text);
        Assert.Contains($"echo '{Key}' >>/root/.ssh/authorized_keys", text);
        Assert.Contains("%packages\n@minimal\nvim\n%end", text);
    }

    [Fact]
    public void A_template_is_filled_where_it_says_and_refused_when_it_would_harm()
    {
        var file = Kickstart.Make(InstallerRelease.Parse("F42"), Slot, [], null);
        const string Good = "lang de_DE\n#allie storage\n%packages\n@core\n%end\n#allie pre\n#allie post\n";

        Assert.Contains("lang de_DE\n# No boot loader", file.Fill(Good));
        Assert.Contains("%pre --erroronfail", file.Fill(Good));
        Assert.Contains("line 3", Assert.Throws<UserError>(() => file.Fill(Good.Replace("#allie storage", "zerombr\n#allie storage"))).Message);
        Assert.Contains("#allie pre", Assert.Throws<UserError>(() => file.Fill(Good.Replace("#allie pre\n", ""))).Message);
    }

    [Theory]
    [InlineData("GET /f42.ks HTTP/1.1", 0, "f42.ks")]
    [InlineData("GET /a%20b//c?x=1 HTTP/1.0", 0, "a b/c")]
    [InlineData("GET /../etc/passwd HTTP/1.1", 400, "")]
    [InlineData("GET /%2e%2e/etc/passwd HTTP/1.1", 400, "")]
    [InlineData("GET /a%00b HTTP/1.1", 400, "")]
    [InlineData("GET /a%zz HTTP/1.1", 400, "")]
    [InlineData("GET http://h/a HTTP/1.1", 400, "")]
    [InlineData("POST /a HTTP/1.1", 405, "")]
    [InlineData("GET /a", 400, "")]
    [InlineData("", 400, "")]
    public void A_request_names_a_file_below_the_directory_or_is_refused(string line, int refusal, string path)
    {
        var request = HttpRequest.Parse(line + "\r\nHost: h\r\n\r\n");

        Assert.Equal(refusal, request.Refusal);
        Assert.Equal(path, string.Join('/', request.Names));
    }

    [Theory]
    [InlineData("set a=b\n")]
    [InlineData("no line end")]
    [InlineData("")]
    [InlineData(null)]
    public void The_line_in_custom_cfg_comes_once_and_goes_again(string? before)
    {
        var once = InstallerMenu.Block.Add(before);

        Assert.Equal(once, InstallerMenu.Block.Add(once));
        Assert.Equal(before, InstallerMenu.Block.Remove(once));
    }

    [Theory]
    [InlineData("inst.ks=http://s/f.ks ds=nocloud-net;s=http://s/", "inst.ks=http://s/f.ks 'ds=nocloud-net;s=http://s/'")]
    [InlineData("autoinstall 'ds=nocloud-net;s=http://s/'", "autoinstall 'ds=nocloud-net;s=http://s/'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    public void The_entry_has_its_words_as_grub_is_to_read_them(string given, string written)
    {
        Assert.Contains($"  linux $prefix/allie-installer/linux {written}\n", InstallerMenu.Entry("Fedora 42", given));
        Assert.StartsWith("menuentry 'it'\\''s } {' --id allie-installer {", InstallerMenu.Entry("it's } {", given));
        Assert.Throws<UserError>(() => InstallerMenu.Entry("a\nb", given));
    }

    private static InstallTarget Slot => InstallTarget.Parse("PARTLABEL=allie-b");
}
