using Allie.EndToEnd.Prep;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Conf;

/// <summary>Edge cases 11 and 43: an image that is not running, with file systems beside its root, on a disk of its own.</summary>
[Collection("loop devices")]
public sealed class InactiveImageTests : IDisposable
{
    private readonly TrialPc _pc = new();

    private string Overlay => Path.Combine(Path.GetDirectoryName(_pc.Server.Tree)!, "overlays/deb13");

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void Its_own_boot_is_mounted_what_is_not_here_waits_and_what_is_shared_is_left_to_the_running_image()
    {
        Make("LABEL=bt /boot ext4 ro,nofail\nLABEL=gone /srv auto defaults\nUUID=11111111-2222-8333-8444-555555555555 /home ext4\n");
        _pc.Fstab = "LABEL=shared /home ext4 defaults 0 2";
        Shell.Run($"mkdir -p {Overlay}/etc {Overlay}/boot/efi {Overlay}/srv {Overlay}/home/u; cd {Overlay}; echo new | tee etc/x boot/x boot/efi/y srv/x srv/y >home/u/x");

        var first = _pc.Allie("apply-slot", "a");

        Assert.Equal(1, first.ExitCode);
        Assert.Equal("allie: left as it is: /srv: this PC has no LABEL=gone, which the image's fstab mounts there; 2 paths of overlays there wait\n", first.Errors);
        Assert.Equal("new own", TrialPc.InSlot(_pc.Disk.SlotA, "echo $(cat etc/x boot/hidden); test ! -e boot/x; test ! -e srv/x; test ! -e home/u"));
        Assert.Equal("new new", TrialPc.InSlot(_pc.Disk.Other, "echo $(cat x efi/y)"));
        Assert.Equal("lost+found", TrialPc.InSlot(_pc.Disk.SlotB, "ls -A"));
        var (before, dry) = (TrialPc.Sum(_pc.Disk.Device), _pc.Allie("apply-slot", "a", "-n"));
        Assert.Equal((1, before), (dry.ExitCode, TrialPc.Sum(_pc.Disk.Device)));

        // A place that is not here is not withdrawn either, and what is withdrawn goes from the file system where it is.
        Shell.Run($"rm -r {Overlay}/boot {Overlay}/srv {Overlay}/home");
        Assert.Equal((0, ""), _pc.Allie("apply-slot", "a") is var last ? (last.ExitCode, last.Errors) : default);
        Assert.Equal("lost+found", TrialPc.InSlot(_pc.Disk.Other, "ls -A"));
    }

    [Fact]
    public void An_image_whose_var_is_not_here_is_not_touched_as_its_notes_are_there()
    {
        Make("LABEL=gone /var ext4\n");
        var before = TrialPc.Sum(_pc.Disk.SlotB);
        Shell.Run($"mkdir -p {Overlay}/etc; echo new >{Overlay}/etc/x");

        var (code, _, errors) = _pc.Allie("apply-slot", "a");

        Assert.Equal(1, code);
        Assert.Contains("cannot look after slot a: allie's own notes of it are below /var, and this PC has no LABEL=gone", errors, StringComparison.Ordinal);
        TrialPc.InSlot(_pc.Disk.SlotA, "test ! -e etc/x");
        Assert.Equal(before, TrialPc.Sum(_pc.Disk.SlotB));
    }

    [Fact]
    public void With_a_var_of_its_own_the_notes_are_on_that_and_the_image_is_as_it_was_when_all_is_withdrawn()
    {
        Make("PARTLABEL=other /var ext4\n");
        Shell.Run($"mkdir -p {Overlay}/etc; echo new >{Overlay}/etc/x");

        Assert.Equal(0, _pc.Allie("apply-slot", "a").ExitCode);

        Assert.Equal("x", TrialPc.InSlot(_pc.Disk.Other, "ls lib/allie/applied/etc"));
        Assert.Equal("", TrialPc.InSlot(_pc.Disk.SlotA, "cat etc/x >/dev/null; ls -A var"));
        Shell.Run($"rm {Overlay}/etc/x; touch {Overlay}/.allie-dir");
        Assert.Equal(0, _pc.Allie("apply-slot", "a").ExitCode);
        TrialPc.InSlot(_pc.Disk.SlotA, "test ! -e etc/x");
    }

    [Fact]
    public void An_overlays_fstab_names_the_label_that_prep_gave_and_no_later_run_changes_it()
    {
        Shell.Run($"sed -i 's|^stamp = .*|stamp = \"/etc/allie-image\"|' {Path.GetDirectoryName(_pc.State)}/allie.toml");
        Shell.Run($"mkfs.ext4 -q -L deb13 {_pc.Disk.Other}; mkdir -p {Overlay}/etc; printf '# for all\\nLABEL=deb13 / ext4 noatime 0 1\\n' >{Overlay}/etc/fstab");
        _pc.Server.Start();
        _pc.Fstab = "/dev/none none swap sw";

        Assert.Equal("", _pc.Allie("prep", "deb13", "-y") is { ExitCode: 0 } ? "" : "prep failed");

        const string Wanted = "# for all\nLABEL=deb13~2 / ext4 noatime 0 1";
        Assert.Equal(Wanted, TrialPc.InSlot(_pc.Disk.SlotA, "cat etc/fstab"));
        Assert.Equal((0, "", ""), _pc.Allie("apply-slot", "a"));
        Assert.Equal((0, "", ""), _pc.Allie("apply-slot", "a"));
        Assert.Equal("1 deb13 a ok 1 deb13~2", Shell.Run($"jq -r '[.schema, (.images[0] | .name, .slot, .result, .counts.managed, .facts.root_label)] | join(\" \")' {_pc.State}/report.json"));
        Shell.Run($"echo 'LABEL=x /x ext4 nofail' >>{Overlay}/etc/fstab");
        Assert.Equal(0, _pc.Allie("apply-slot", "a").ExitCode);
        Assert.Equal(Wanted + "\nLABEL=x /x ext4 nofail", TrialPc.InSlot(_pc.Disk.SlotA, "cat etc/fstab"));
    }

    /// <summary>Edge case 44, both ways round.</summary>
    [Fact]
    public void While_a_slot_is_offered_no_overlay_is_laid_on_it_and_while_one_is_it_is_not_offered()
    {
        Make("");
        Shell.Run($"mkdir -p {Overlay}/etc; echo new >{Overlay}/etc/x");
        string[] offer = ["offer", "a", "--address", "127.0.0.1", "--port", $"{FreePort.Find()}"];
        using (var offering = _pc.Start("", offer))
        {
            var said = offering.StandardOutput.ReadLine();
            Assert.True(said?.StartsWith("offering ", StringComparison.Ordinal) == true, said ?? offering.StandardError.ReadToEnd());

            var (code, _, errors) = _pc.Allie("apply-slot", "a");

            Assert.True(code == 4, $"exit {code}: {errors}");
            Assert.Matches("^allie: slot a is in use by process [0-9]+ \\(allie offer a ", errors);
            Shell.Run($"kill {offering.Id}");
            TrialPc.End(offering);
        }

        Assert.Equal(0, _pc.Allie("apply-slot", "a").ExitCode);
        Assert.Equal("new", TrialPc.InSlot(_pc.Disk.SlotA, "cat etc/x"));
        using var applying = Shell.Start("flock", $"{Path.GetDirectoryName(_pc.State)}/run/slot-a.lock", "-c", "echo held; exec cat");
        Assert.Equal("held", applying.StandardOutput.ReadLine());
        var refused = _pc.Allie(offer);
        applying.StandardInput.Close();
        applying.WaitForExit();
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("slot a is in use by ", refused.Errors, StringComparison.Ordinal);
    }

    /// <summary>Slot a holds the image; the partition that is no slot has label bt, slot b a file system of the name "shared".</summary>
    private void Make(string fstab)
    {
        // In a slot these two are the image's own; the trial PC keeps its own elsewhere, as it has no root to itself.
        Shell.Run($"sed -i 's|^state = .*|state = \"/var/lib/allie\"|; s|^stamp = .*|stamp = \"/etc/allie-image\"|' {Path.GetDirectoryName(_pc.State)}/allie.toml");
        Shell.Run($$"""
            mkfs.ext4 -q -L deb13 {{_pc.Disk.SlotA}}; mkfs.ext4 -q -L bt {{_pc.Disk.Other}}; mkfs.ext4 -q -L shared -U 11111111-2222-8333-8444-555555555555 {{_pc.Disk.SlotB}}
            unshare -m --propagation private bash -euc '
              mount {{_pc.Disk.SlotA}} /mnt; cd /mnt; mkdir -p etc usr boot srv home var
              printf "name = \"deb13\"\ngeneration = 2\n" >etc/allie-image
              printf "LABEL=deb13 / ext4 defaults 0 1\n# /boot\n{{fstab.Replace("\n", "\\n", StringComparison.Ordinal)}}" >etc/fstab; echo own >boot/hidden'
            """);
        _pc.Server.Start();
    }
}
