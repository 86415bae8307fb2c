using Allie.Boot;
using Allie.Boot.Trying;
using Allie.Linux.Boot;
using Xunit;

namespace Allie.Linux.Tests.Boot;

/// <summary>Each change of a boot file or variable is the last one before the power goes, once.</summary>
public sealed class PowerCutTests
{
    private const int MostChanges = 40;

    // What the PC starts from must have its entry whole; what belongs to others stays as it is.
    private static readonly string[] Others = ["home/grub.cfg", "home/grubenv", "home/loader/loader.conf", "home/loader/entries/base.conf", "home/EFI/BOOT/BOOTX64.EFI"];

    public static TheoryData<BootMethod> Methods => [BootMethod.Grub, BootMethod.SystemdBoot, BootMethod.BootNext, BootMethod.Extlinux];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_cut_anywhere_leaves_what_was_or_what_was_asked_for_and_the_next_run_ends_it(BootMethod which)
    {
        using var fixture = new BootFixture(which);
        var original = fixture.Everything();
        (string Name, Action<IBootMethod> Do)[] steps =
        [
            ("stage", m => Stage(fixture, m)), ("arm", m => m.Arm("b", 1)), ("disarm", m => m.Disarm()), ("arm", m => m.Arm("b", 1)),
            ("commit", m => m.MakeDefault("b")), ("stage again", m => Stage(fixture, m)), ("roll back", m => m.MakeDefault(null)), ("remove", m => m.Remove("b")),
        ];
        foreach (var (name, carry) in steps)
        {
            Cut(fixture, name, carry, original);
        }

        Assert.Equal(original, fixture.Everything()); // byte for byte
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_slot_that_is_the_default_and_armed_can_be_taken_away_as_a_whole(BootMethod which)
    {
        using var fixture = new BootFixture(which);
        var original = fixture.Everything();
        var method = fixture.Open();
        Stage(fixture, method);
        method.MakeDefault("b");
        method.Arm("b", 1);

        Cut(fixture, "remove", m => m.Remove("b"), original);

        Assert.Equal(original, fixture.Everything());
        Assert.Equal((null, null, false), (method.State().Default, method.State().Armed, method.Has("b")));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_commit_that_is_cut_anywhere_is_ended_by_the_next_run_and_the_old_default_is_known(BootMethod which)
    {
        using var fixture = new BootFixture(which);
        Stage(fixture, fixture.Open());
        BootHome.Of(fixture.Open()).Save(new BootRecord().With("b", new("deb13", 2, SlotState.Trying, "t", BootId: "boot-1")));
        fixture.Open().Arm("b", 1);
        fixture.StartAnew("ro allie.slot=b");
        Use(fixture.Open());
        var before = fixture.Everything();

        for (var n = 1; ; n++)
        {
            Assert.True(n < MostChanges);
            fixture.Restore(before);
            var cut = WasCut(() => new Trials(BootHome.Of(fixture.Open(n)), fixture.Look).Commit("b"));
            var trials = new Trials(BootHome.Of(fixture.Open()), fixture.Look);
            if (trials.View() is TrialView.Running or TrialView.Committed)
            {
                trials.Commit("b");
            }

            Assert.Equal((SlotState.Good, "b", "", TrialView.None), (trials.Home.Read()["b"]!.State, trials.Home.Method.State().Default, trials.Home.Read().Previous, trials.View()));
            trials.RollBack(trials.Before());
            Assert.Equal((null, "b"), (trials.Home.Method.State().Default, trials.Home.Read().Previous));
            if (!cut)
            {
                return;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_pc_that_came_back_knows_it_and_does_not_try_that_generation_again(BootMethod which)
    {
        using var fixture = new BootFixture(which);
        Stage(fixture, fixture.Open());
        BootHome.Of(fixture.Open()).Save(new BootRecord().With("b", new("deb13", 2, SlotState.Trying, "t", BootId: "boot-1")));
        fixture.Open().Arm("b", 1);
        Assert.Equal(TrialView.Pending, new Trials(BootHome.Of(fixture.Open()), fixture.Look).View());
        Use(fixture.Open());
        fixture.StartAnew("ro");

        var trials = new Trials(BootHome.Of(fixture.Open()), fixture.Look);
        var said = trials.Settle();

        Assert.Contains("slot b (deb13 generation 2) was tried and did not confirm itself", said, StringComparison.Ordinal);
        Assert.NotNull(trials.Home.Read().Failure("deb13", 2));
        Assert.Equal((SlotState.Bad, TrialView.None, null), (trials.Home.Read()["b"]!.State, trials.View(), trials.Settle()));
        Assert.Contains("did not confirm itself", trials.Home.LogLines()[^1], StringComparison.Ordinal);
    }

    /// <summary>What the boot loader does when it makes the one try.</summary>
    private static void Use(IBootMethod method)
    {
        if (method.Method == BootMethod.Grub)
        {
            var env = Allie.Boot.Grub.GrubEnv.Parse(method.Files.Read(Allie.Boot.Grub.GrubEnv.FileName)!);
            File.WriteAllText(method.Files.Show(Allie.Boot.Grub.GrubEnv.FileName), env.With(Allie.Boot.Grub.GrubEnv.Tries, "0").Format());
        }
        else
        {
            method.Disarm();
        }
    }

    private static void Cut(BootFixture fixture, string name, Action<IBootMethod> carry, IReadOnlyDictionary<string, string> original)
    {
        var before = fixture.Everything();
        carry(fixture.Open());
        var after = fixture.Everything();
        for (var n = 1; ; n++)
        {
            Assert.True(n < MostChanges, name);
            fixture.Restore(before);
            if (!WasCut(() => carry(fixture.Open(n))))
            {
                Assert.True(n > 1 || before.SequenceEqual(after), $"{name}: nothing was cut");
                break;
            }

            var state = fixture.Open().State();
            foreach (var slot in new[] { state.Default, state.Armed }.OfType<string>())
            {
                Assert.True(fixture.Open().Has(slot), $"{name}, cut {n}: {slot} is to be started and has no entry");
            }

            Assert.All(Others, o => Assert.Equal(original[o], fixture.Everything()[o]));
            carry(fixture.Open());
            Assert.Equal(after, fixture.Everything());
        }
    }

    private static bool WasCut(Action carry)
    {
        try
        {
            carry();
            return false;
        }
        catch (PowerCutException)
        {
            return true;
        }
    }

    private static void Stage(BootFixture fixture, IBootMethod method)
    {
        using var slot = fixture.OpenSlot();
        method.Stage(fixture.Entry, slot);
    }
}
