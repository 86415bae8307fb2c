using System.Text.Json;
using Allie.Boot;
using Allie.Errors;
using Allie.Personalise;
using Allie.Prep;
using Xunit;

namespace Allie.Tests.Prep;

public sealed class PrepStartTests
{
    private static readonly PrepTarget Target = new("deb13", 3, "b", "/dev/sda4", "part-uuid", 1 << 30);

    private static readonly FetchWay Full = new(FetchStrategy.Full, null, "asked for");

    private static readonly PrepJournal Journal = new()
    {
        Image = "deb13", Generation = 3, Slot = "b", PartUuid = "part-uuid", DeviceBytes = 1 << 30, FsUuid = "fs-uuid", Label = "deb13",
        Done = PrepStage.Fetch, Started = "2026-11-23T15:00:00Z", BootFiles = new Dictionary<string, string?> { ["custom.cfg"] = "\xE9", ["allie.cfg"] = null },
    };

    [Fact]
    public void A_first_run_does_every_step()
    {
        var start = PrepStart.Of(null, Target, null);

        Assert.Equal(PrepStage.Disarm, start.First);
        Assert.Null(start.Earlier);
        Assert.Equal(
            ["disarm", "format", "fetch", "overlay", "personalise", "kernel", "verify", "sync", "mark", "entry"],
            PrepPlan.Make(Target, "deb13", "ext4", start, Full, "10.0.0.1", "/boot/grub").Steps.Select(s => s.Action));
    }

    [Fact]
    public void A_run_that_was_cut_short_goes_on_after_its_last_step()
    {
        var start = PrepStart.Of(Journal, Target, "fs-uuid");

        Assert.Equal(PrepStage.Overlay, start.First);
        Assert.Same(Journal, start.Earlier);
        Assert.DoesNotContain(PrepPlan.Make(Target, "deb13", "ext4", start, Full, "s", null).Steps, s => s.Action is "format" or "fetch" or "entry");
    }

    [Fact]
    public void A_newer_generation_is_fetched_onto_the_same_file_system()
    {
        var start = PrepStart.Of(Journal with { Done = PrepStage.Marker }, Target with { Generation = 4 }, "fs-uuid");

        Assert.Equal(PrepStage.Fetch, start.First);
        Assert.Equal((4, "fs-uuid"), (start.Earlier!.Generation, start.Earlier.FsUuid));
        Assert.True(start.Earlier.Mixed);
        Assert.True(PrepStart.Of(start.Earlier, Target with { Generation = 4 }, "fs-uuid").Earlier!.Mixed);
    }

    [Theory]
    [InlineData("other", "part-uuid", "b", PrepStage.Fetch, "deb13")]
    [InlineData("fs-uuid", "part-uuid", "c", PrepStage.Fetch, "deb13")]
    [InlineData("fs-uuid", "part-uuid", "b", PrepStage.Disarm, "deb13")]
    [InlineData("fs-uuid", "part-uuid", "b", PrepStage.Fetch, "f42")]
    public void Anything_that_does_not_fit_begins_anew(string onDevice, string partUuid, string slot, PrepStage done, string image)
    {
        var start = PrepStart.Of(Journal with { Done = done, Image = image }, Target with { PartUuid = partUuid, Slot = slot }, onDevice);

        Assert.Equal(PrepStage.Disarm, start.First);
        Assert.Null(start.Earlier);
    }

    [Theory]
    [InlineData("moved", 1 << 30)]
    [InlineData("part-uuid", 2 << 20)]
    public void Another_partition_in_the_slots_place_is_never_guessed_at(string partUuid, long bytes)
    {
        var error = Assert.Throws<UserError>(() => PrepStart.Of(Journal, Target with { PartUuid = partUuid, DeviceBytes = bytes }, "fs-uuid"));

        Assert.Equal(2, error.ExitCode);
        Assert.Equal("was the disk changed? to forget that prep: allie prep --abort --slot b", error.Hint);
    }

    [Fact]
    public void A_newer_generation_still_takes_what_the_seed_was_to_lend()
    {
        var start = PrepStart.Of(Journal with { Done = PrepStage.Format, Strategy = FetchStrategy.FileClone }, Target with { Generation = 4 }, "fs-uuid");

        Assert.Equal(PrepStage.Seed, start.First);
    }

    [Fact]
    public void The_journal_survives_its_own_json()
    {
        var text = JsonSerializer.Serialize(Journal, PrepJson.Default.PrepJournal);

        Assert.Contains("\"done\": \"Fetch\"", text, StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize(text, PrepJson.Default.PrepJournal)!;
        Assert.Equal(Journal, read with { BootFiles = Journal.BootFiles });
        Assert.Equal([KeyValuePair.Create("custom.cfg", (string?)"\xE9"), KeyValuePair.Create("allie.cfg", (string?)null)], read.BootFiles);
    }

    [Fact]
    public void A_label_that_the_pc_has_already_gets_a_number()
    {
        Assert.Equal("deb13", LabelRule.Choose("deb13", ["base", "deb12"]));
        Assert.Equal("deb13~2", LabelRule.Choose("deb13", ["deb13"]));
        Assert.Equal("deb13~3", LabelRule.Choose("deb13", ["deb13", "deb13~2"]));
        Assert.Throws<UserError>(() => LabelRule.Choose("x", ["x", .. Enumerable.Range(2, 8).Select(n => "x~" + n)]));
    }

    [Fact]
    public void The_kernel_line_keeps_the_images_arguments_and_drops_another_systems()
    {
        var line = KernelLine.Make("u", "b", null, "# comment\nroot=UUID=x rw BOOT_IMAGE=/v initrd=/i allie.slot=z quiet a;b", "");

        Assert.Equal("root=UUID=u ro allie.slot=b panic=30 quiet a;b", string.Join(' ', line));
    }
}
