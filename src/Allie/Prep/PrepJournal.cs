namespace Allie.Prep;

/// <summary>
/// state/prep/SLOT.json on the active image: how far the prep of a slot has come. Not in the slot, which may be half written.
/// Gone once all is done.
/// </summary>
public sealed record PrepJournal
{
    public int Schema { get; init; } = 1;

    public required string Image { get; init; }

    public required int Generation { get; init; }

    public required string Slot { get; init; }

    public required string PartUuid { get; init; }

    public required long DeviceBytes { get; init; }

    /// <summary>Written before mkfs, so that a file system with this UUID is known to be ours.</summary>
    public required string FsUuid { get; init; }

    public required string Label { get; init; }

    public required PrepStage Done { get; init; }

    /// <summary>Files of another generation may be there too: rsync must not write in place then.</summary>
    public bool Mixed { get; init; }

    /// <summary>UTC, ISO 8601.</summary>
    public required string Started { get; init; }

    public PrepJournal After(PrepStage stage) => this with { Done = stage };
}
