using System.Text.Json;

namespace Allie.Boot.Trying;

/// <summary>
/// allie.json beside the boot loader's files: every system of the PC reads and writes the same one, so that the old system learns from it
/// what became of the new one.
/// </summary>
public sealed record BootRecord
{
    public const string FileName = "allie.json";
    public const string LogName = "allie.log";

    public int Schema { get; init; } = 1;

    public IReadOnlyDictionary<string, SlotTry> Slots { get; init; } = new Dictionary<string, SlotTry>();

    public IReadOnlyList<FailedImage> Failed { get; init; } = [];

    /// <summary>What was the default before the last commit: a slot, "" for what the PC booted before ALLiE; null when there was no commit.</summary>
    public string? Previous { get; init; }

    /// <summary>Null for a damaged file.</summary>
    public static BootRecord? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BootJson.Default.BootRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool IsEmpty => Slots.Count == 0 && Failed.Count == 0 && Previous is null;

    public SlotTry? this[string slot] => Slots.GetValueOrDefault(slot);

    /// <summary>The slot that is being tried; null when none is.</summary>
    public string? Trying => Slots.FirstOrDefault(s => s.Value.State == SlotState.Trying).Key;

    public FailedImage? Failure(string image, int generation) => Failed.FirstOrDefault(f => f.Image == image && f.Generation == generation);

    public BootRecord With(string slot, SlotTry entry) => this with { Slots = new Dictionary<string, SlotTry>(Slots) { [slot] = entry } };

    public BootRecord Without(string slot) => this with { Slots = Slots.Where(s => s.Key != slot).ToDictionary() };

    /// <summary>The try came to nothing.</summary>
    public BootRecord WithFailure(string slot, string reason, string now)
    {
        const int Kept = 20;
        if (this[slot] is not { } entry)
        {
            return this;
        }

        var failed = Failed.Where(f => f.Image != entry.Image || f.Generation != entry.Generation).TakeLast(Kept - 1);
        return With(slot, entry with { State = SlotState.Bad, Reason = reason, At = now, Baseline = null }) with
        {
            Failed = [.. failed, new(entry.Image, entry.Generation, reason, now)],
        };
    }

    /// <param name="before">The default until now, "" for what the PC booted before ALLiE.</param>
    public BootRecord WithCommit(string slot, string before, string now)
    {
        var entry = this[slot];
        var failed = entry is null ? Failed : [.. Failed.Where(f => f.Image != entry.Image || f.Generation != entry.Generation)];
        return (entry is null ? this : With(slot, entry with { State = SlotState.Good, Reason = "", At = now, Baseline = null })) with
        {
            Failed = failed, Previous = before == slot ? Previous : before,
        };
    }
}
