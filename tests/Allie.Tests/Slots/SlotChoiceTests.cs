using Allie.Errors;
using Allie.Slots;
using Xunit;

namespace Allie.Tests.Slots;

public class SlotChoiceTests
{
    private static readonly SlotNeeds Needs = new();

    [Fact]
    public void An_empty_slot_is_preferred_to_one_with_an_image()
    {
        Assert.Equal("c", Pick(Holding("b", "2026-01-01T00:00:00Z"), Empty("c")));
    }

    [Fact]
    public void The_slot_where_the_same_image_was_interrupted_is_taken_up_again()
    {
        Assert.Equal("c", Pick(Empty("b"), Empty("c") with { InterruptedImage = "deb13" }));
    }

    [Fact]
    public void An_interrupted_prep_of_another_image_counts_as_empty()
    {
        Assert.Equal("b", Pick(Empty("b"), Empty("c") with { InterruptedImage = "f42" }));
    }

    [Fact]
    public void Else_the_oldest_image_gives_way()
    {
        Assert.Equal("c", Pick(Holding("b", "2026-03-01T00:00:00Z"), Holding("c", "2026-01-01T00:00:00Z")));
    }

    [Fact]
    public void The_lowest_name_decides_between_equals() => Assert.Equal("a", Pick(Empty("c"), Empty("a"), Empty("b")));

    [Fact]
    public void A_refused_slot_is_never_chosen()
    {
        var mounted = Empty("a") with { Facts = Empty("a").Facts with { MountedAt = ["/mnt"] } };

        Assert.Equal("b", Pick(mounted, Empty("b")));
        var error = Assert.Throws<UserError>(() => SlotChoice.Pick([mounted], "deb13", null, Needs));
        Assert.Equal(2, error.ExitCode);
        Assert.Contains("a is mounted at /mnt", error.Message);
        Assert.Throws<UserError>(() => SlotChoice.Pick([mounted, Empty("b")], "deb13", "a", Needs));
    }

    [Fact]
    public void An_unknown_slot_is_refused_with_the_known_ones()
    {
        var error = Assert.Throws<UserError>(() => SlotChoice.Pick([Empty("b")], "deb13", "x", Needs));

        Assert.Equal("its slots: b", error.Hint);
    }

    [Fact]
    public void A_pc_without_slots_is_told_how_to_declare_one()
    {
        Assert.Contains("allie-NAME", Assert.Throws<UserError>(() => SlotChoice.Pick([], "deb13", null, Needs)).Hint);
    }

    private static string Pick(params SlotCandidate[] candidates) => SlotChoice.Pick(candidates, "deb13", null, Needs).Facts.Name;

    private static SlotCandidate Empty(string name) => new(new()
    {
        Name = name, DevicePath = "/dev/x" + name, DeviceNumber = "8:1", SizeBytes = 1, DeclaredBy = SlotDeclaration.PartitionName, TypeId = "0x83",
    });

    private static SlotCandidate Holding(string name, string preparedAt) =>
        Empty(name) with { Marker = new("sl6", 1, name, "u", preparedAt) };
}
