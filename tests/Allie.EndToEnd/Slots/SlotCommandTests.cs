using System.Text.Json.Nodes;
using Allie.EndToEnd.Installers.Bootstrap;
using Allie.EndToEnd.Prep;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Slots;

[Collection("loop devices")]
public sealed class SlotCommandTests : IDisposable
{
    private const string OurUuid = "01234567-89ab-8a11-8def-0123456789ab";

    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void The_list_shows_what_a_slot_holds_without_writing_to_it()
    {
        Hold(OurUuid);
        var before = TrialPc.Sum(_pc.Disk.Device);

        var row = List("b");

        Assert.Equal(("deb13", 2, true, "spare"), ((string)row["image"]!, (int)row["generation"]!, (bool)row["complete"]!, (string)row["state"]!));
        Assert.Equal(before, TrialPc.Sum(_pc.Disk.Device));
        Assert.Matches(@"b +/dev/loop\d+p2 +0\.1 GiB +ext4 deb13 +deb13 2 +spare", _pc.Allie("slot", "list").Output);
    }

    [Fact]
    public void A_marker_of_another_file_system_does_not_make_a_slot_complete()
    {
        Hold("11234567-89ab-8a11-8def-0123456789ab");

        Assert.False((bool)List("b")["complete"]!);
    }

    [Fact]
    public void Check_tells_each_reason_and_ends_with_3_when_no_slot_is_spare()
    {
        Shell.Run($"mkswap -q {_pc.Disk.SlotA}; mkfs.ext4 -q -L photos {_pc.Disk.SlotB}");

        var check = _pc.Allie("slot", "check");

        Assert.Equal(3, check.ExitCode);
        Assert.Contains("R3: holds a swap area", check.Output, StringComparison.Ordinal);
        Assert.Contains("R12: holds a file system that is not ours (ext4 photos)", check.Output, StringComparison.Ordinal);
        Assert.EndsWith("0 of 2 slots spare\n", check.Output, StringComparison.Ordinal);
        Shell.Run($"wipefs -qa {_pc.Disk.SlotA}");
        Assert.Equal(0, _pc.Allie("slot", "check").ExitCode);
        Assert.Equal(3, _pc.Allie("slot", "check", "b").ExitCode);
    }

    [Theory]
    [InlineData("PARTLABEL=allie-a /data ext4 defaults 0 2", true)]
    [InlineData("LABEL=deb13 / ext4 defaults 0 1", false)]
    public void What_another_slots_fstab_mounts_is_refused_and_its_root_is_not(string line, bool refused)
    {
        Hold(OurUuid);
        TrialPc.ChangeSlot(_pc.Disk.SlotB, $"echo \"{line}\" >etc/fstab");
        var before = TrialPc.Sum(_pc.Disk.Device);

        var check = _pc.Allie("slot", "check", "a");

        Assert.Equal(refused ? 3 : 0, check.ExitCode);
        Assert.Equal(refused, check.Output.Contains("R13: is named as data: /data in the fstab of slot b", StringComparison.Ordinal));
        Assert.Equal(before, TrialPc.Sum(_pc.Disk.Device));
    }

    [Fact]
    public void Bootstrap_asks_before_a_slot_loses_anything_and_a_dry_run_writes_nothing()
    {
        using var mirror = new TinyMirror();
        Hold(OurUuid);
        var before = TrialPc.Sum(_pc.Disk.Device);
        string[] words = ["installer", "bootstrap", "--suite", "trixie", "--into", "b", "--kernel", "none", "--packages", PackageList("rsync"), "--mirror", mirror.Line()];

        var asked = _pc.Allie(words);
        var dry = _pc.Allie([.. words, "-n"]);
        var wrong = _pc.Allie("installer", "bootstrap", "--suite", "trixie", "--into", "x");

        Assert.Equal((2, 3, 2), (asked.ExitCode, dry.ExitCode, wrong.ExitCode));
        Assert.Contains($"--mirror '{mirror.Line()}' -y", asked.Errors, StringComparison.Ordinal);
        Assert.Matches("^format +/dev/loop.*\nbootstrap +slot b .*: 4 packages, ", dry.Output);
        Assert.Equal(before, TrialPc.Sum(_pc.Disk.Device));
    }

    [Fact]
    public void A_slot_keeps_what_it_has_when_its_successor_cannot_be_had_or_does_not_fit()
    {
        using var mirror = new TinyMirror();
        Hold(OurUuid);
        var before = TrialPc.Sum(_pc.Disk.Device);

        var mistyped = _pc.Allie("installer", "bootstrap", "--suite", "bookwurm", "--into", "b", "--mirror", mirror.Line("bookwurm"), "-y");
        var wide = _pc.Allie("installer", "bootstrap", "--suite", "trixie", "--into", "b", "--packages", PackageList("wide"), "--mirror", mirror.Line(), "-y");

        Assert.Equal((1, 2), (mistyped.ExitCode, wide.ExitCode));
        Assert.Contains("cannot bootstrap bookwurm into slot b: ", mistyped.Errors, StringComparison.Ordinal);
        Assert.Contains("is too small: 96 MiB, 207 MiB are needed", wide.Errors, StringComparison.Ordinal);
        Assert.Equal(before, TrialPc.Sum(_pc.Disk.Device));
    }

    private string PackageList(string packages)
    {
        File.WriteAllText(_pc.State + ".packages", packages);
        return _pc.State + ".packages";
    }

    private JsonObject List(string slot) =>
        JsonNode.Parse(_pc.Allie("slot", "list", "--json").Output)!["slots"]!.AsArray().Select(s => s!.AsObject()).Single(s => (string)s["name"]! == slot);

    private void Hold(string markedUuid) => Shell.Run(
        $$"""
        mkfs.ext4 -q -L deb13 -U {{OurUuid}} {{_pc.Disk.SlotB}}
        unshare -m --propagation private bash -euc '
          mount {{_pc.Disk.SlotB}} /mnt
          mkdir -p /mnt/etc /mnt/var/lib/allie
          printf "name = \"deb13\"\ngeneration = 2\n" >/mnt/etc/allie-image
          echo "{\"image\":\"deb13\",\"generation\":2,\"slot\":\"b\",\"fsUuid\":\"{{markedUuid}}\",\"preparedAt\":\"\"}" >/mnt/var/lib/allie/slot.json'
        """);
}
