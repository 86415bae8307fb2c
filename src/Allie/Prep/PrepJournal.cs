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

    public string FileSystem { get; init; } = "ext4";

    public FetchStrategy Strategy { get; init; }

    /// <summary>The slot that lends; null for the running system, and where the strategy takes nothing.</summary>
    public string? SeedSlot { get; init; }

    /// <summary>What GRUB's directory had in our files before this run, by file name, one byte per char; null: there was no such file.</summary>
    public IReadOnlyDictionary<string, string?> BootFiles { get; init; } = new Dictionary<string, string?>();

    /// <summary>Files of another generation may be there too: rsync must not write in place then.</summary>
    public bool Mixed { get; init; }

    /// <summary>The limit that the run was begun with: one that goes on by itself must not fill the network.</summary>
    public string? Bandwidth { get; init; }

    /// <summary>UTC, ISO 8601.</summary>
    public required string Started { get; init; }

    public PrepJournal After(PrepStage stage) => this with { Done = stage };
}
