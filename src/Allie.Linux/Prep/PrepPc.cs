using Allie.Config;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Execution;
using Allie.Linux.Files;
using Allie.Linux.Slots;
using Allie.Prep;
using Allie.Slots;

namespace Allie.Linux.Prep;

/// <summary>What this PC holds, before prep decides anything: its slots with their images, unfinished runs, and the active image.</summary>
public sealed class PrepPc
{
    private readonly IReadOnlyDictionary<string, PrepJournal> _unfinished;
    private readonly ImageStamp? _active;

    private PrepPc(IReadOnlyList<SlotCandidate> candidates, IReadOnlyDictionary<string, PrepJournal> unfinished, ImageStamp? active)
    {
        Candidates = candidates;
        _unfinished = unfinished;
        _active = active;
    }

    public IReadOnlyList<SlotCandidate> Candidates { get; }

    /// <summary>Mounts slots read-only for a moment: call <see cref="Mounts.MountNamespace.Enter"/> first.</summary>
    public static PrepPc Look(PcSettings settings)
    {
        var slots = new SlotSurvey(settings).Look();
        var unfinished = slots.Select(s => JournalOf(settings, s.Facts.Name).Load()).OfType<PrepJournal>().ToDictionary(j => j.Slot);
        return new(
            [.. slots.Select(s => new SlotCandidate(s.Facts, s.Content.Marker, unfinished.GetValueOrDefault(s.Facts.Name)?.Image))], unfinished, Active(settings));
    }

    public static JournalFile<PrepJournal> JournalOf(PcSettings settings, string slot) =>
        new(Path.Combine(settings.State, "prep", slot + ".json"), PrepJson.Default.PrepJournal);

    /// <summary>All that were cut short, also of slots that this PC has no more.</summary>
    public static IReadOnlyList<PrepJournal> Journals(PcSettings settings) =>
        Path.Combine(settings.State, "prep") is var directory && Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal).Select(f => JournalOf(settings, Path.GetFileNameWithoutExtension(f)).Load()).OfType<PrepJournal>()]
            : [];

    /// <summary>"slot b", "the active image": where that generation is already, complete and with nothing left to do; else null.</summary>
    public string? Holding(string image, int generation) =>
        _active is { } active && active.Name == image && active.Generation == generation ? "the active image"
        : SlotHolding(image, generation) is { } slot ? $"slot {slot}"
        : null;

    public string? SlotHolding(string image, int generation) =>
        Candidates.FirstOrDefault(c => c.Marker is { } m && m.Image == image && m.Generation == generation && !_unfinished.ContainsKey(c.Facts.Name))?.Facts.Name;

    /// <summary>Trees that may lend files to an image in this slot: complete ones that nobody else is using, and the running system.</summary>
    public IReadOnlyList<Seed> SeedsBeside(string slot) =>
    [
        .. Candidates.Where(c => c.Facts.Name != slot && c is { Marker: not null, Facts: { IsRunningRoot: false, MountedAt.Count: 0, Holders.Count: 0, Duplicates.Count: 0, Signatures.Count: 1 } })
            .Where(c => !_unfinished.ContainsKey(c.Facts.Name)).Select(SeedOf),
        .. _active is { } running ? [new Seed(null, running.Name, running.Generation)] : Array.Empty<Seed>(),
    ];

    private static Seed SeedOf(SlotCandidate slot)
    {
        var type = slot.Facts.FileSystem!.Type;
        var size = DeviceBytes.ReadSize(slot.Facts.DevicePath, type) ?? default;
        return new(slot.Facts.Name, slot.Marker!.Image, slot.Marker.Generation, type, size.Bytes, size.UsedBytes);
    }

    /// <summary>What is lost by formatting, for the question.</summary>
    public string Describe(SlotFacts slot) =>
        Candidates.FirstOrDefault(c => c.Facts.Name == slot.Name)?.Marker is { } marker ? $"holds {marker.Image} generation {marker.Generation}"
        : slot.FileSystem is { } fs ? $"holds {fs}"
        : "blank";

    private static ImageStamp? Active(PcSettings settings)
    {
        using var root = ImageRoot.Open("/");
        return root.TryReadText(ImagePath.Of(settings.Stamp)) is { } text ? ImageStamp.Parse(text, settings.Stamp) : null;
    }
}
