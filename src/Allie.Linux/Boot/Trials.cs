using Allie.Boot;
using Allie.Boot.Trying;
using Allie.Errors;

namespace Allie.Linux.Boot;

/// <summary>Trying a slot, and what comes of it: the boot method's one atomic write and the record beside it, in an order that a power cut cannot turn round.</summary>
public sealed class Trials(BootHome home, BootLook look)
{
    private static string Now => BootHome.Now;

    public BootHome Home => home;

    /// <summary>allie.slot= of this start.</summary>
    public string? RunningSlot { get; } = KernelLine.Slot(look.KernelLine);

    public TrialView View() => TrialViews.Of(home.Read(), home.Method.State(), RunningSlot, look.BootId);

    /// <summary>Writes the slot's entry; nothing starts it yet.</summary>
    public void Stage(SlotOpening slot)
    {
        home.Method.Stage(slot.Entry, slot.Root);
        var record = home.Read();
        if (record[slot.Entry.Slot] is not { State: SlotState.Good } good || good.Image != slot.Stamp.Name || good.Generation != slot.Stamp.Generation)
        {
            home.Save(record.With(slot.Entry.Slot, new(slot.Stamp.Name, slot.Stamp.Generation, SlotState.Staged, Now)));
        }
    }

    /// <summary>The record first: an armed slot that no record tells of could not confirm itself.</summary>
    public void Arm(SlotOpening slot, int tries, HealthBaseline baseline)
    {
        var name = slot.Entry.Slot;
        var record = home.Read();
        if (record.Trying is { } other && other != name)
        {
            home.Method.Disarm();
            record = record.With(other, record[other]! with { State = SlotState.Staged, Baseline = null });
        }

        home.Save(record.With(name, new(slot.Stamp.Name, slot.Stamp.Generation, SlotState.Trying, Now, BootId: look.BootId, Baseline: baseline)));
        home.Method.Arm(name, tries);
        home.Log($"slot {name}: {slot.Stamp.Name} generation {slot.Stamp.Generation} is to be tried ({home.Method.Method.Name()})");
    }

    /// <summary>The slot is what the PC starts from now on.</summary>
    public void Commit(string slot)
    {
        var before = home.Method.State().Default ?? "";
        var record = home.Read();
        if (before != slot)
        {
            home.Save(record with { Previous = before });
            home.Method.MakeDefault(slot);
        }
        else
        {
            home.Method.Disarm();
        }

        home.Save(home.Read().WithCommit(slot, before, Now));
        home.Log($"slot {slot}: committed");
    }

    /// <summary>The try came to nothing; the image is not tried again by itself.</summary>
    public void Fail(string slot, string reason)
    {
        home.Method.Disarm();
        home.Save(home.Read().WithFailure(slot, reason, Now));
        home.Log($"slot {slot}: failed: {reason}");
    }

    /// <summary>In any system but the one under trial: notes what became of a try. Null when there is nothing to say.</summary>
    public string? Settle()
    {
        var record = home.Read();
        switch (View())
        {
            case TrialView.CameBack:
                var slot = record.Trying!;
                Fail(slot, "it was started and did not confirm itself");
                return $"slot {slot} ({record[slot]!.Image} generation {record[slot]!.Generation}) was tried and did not confirm itself; the PC came back by itself";
            case TrialView.NeverSet:
                home.Save(record.With(record.Trying!, record[record.Trying!]! with { State = SlotState.Staged, Baseline = null }));
                return null;
            case TrialView.Committed:
                Commit(record.Trying!);
                return null;
            default:
                return null;
        }
    }

    /// <summary>A slot that is to be formatted: its entry, and what the record has of it but for its failures. The record first, as it is told from the entry.</summary>
    public void Forget(string slot)
    {
        var record = home.Read();
        var method = home.Method.State();
        if (record[slot] is not null || record.Previous == slot)
        {
            home.Save(record.Without(slot) with { Previous = record.Previous == slot ? null : record.Previous });
        }

        if (method.Default == slot && RunningSlot is { } running && running != slot && home.Method.Has(running))
        {
            home.Method.MakeDefault(running); // not what the PC booted before ALLiE: that may be gone long since
        }

        if (home.Method.Has(slot))
        {
            home.Method.Remove(slot);
        }
    }

    /// <summary>What `rollback` would make the default: a slot, or null for what the PC booted before ALLiE.</summary>
    /// <exception cref="UserError">Exit 2: there was no commit.</exception>
    public string? Before() => home.Read().Previous switch
    {
        null => throw UserError.Refused("nothing to roll back to: no slot was committed on this PC", "allie doctor shows what the PC starts"),
        "" => null,
        { } slot => slot,
    };

    public void RollBack(string? to)
    {
        var now = home.Method.State().Default ?? "";
        home.Method.MakeDefault(to);
        home.Save(home.Read() with { Previous = now });
        home.Log($"rolled back to {(to is null ? "what the PC booted before" : "slot " + to)}");
    }
}
