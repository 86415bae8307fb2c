using Allie.Config;
using Allie.Linux.Boot;
using Allie.Linux.Boot.Health;
using Allie.Linux.Execution;
using Allie.Linux.Images.Fetch;
using Allie.Linux.Processes;
using Allie.Linux.Slots;
using Allie.Prep;

namespace Allie.Linux.Prep;

/// <summary>All that one prep works with.</summary>
public sealed record PrepWork
{
    public required PcSettings Settings { get; init; }

    public required IRunner Runner { get; init; }

    /// <summary>The slot, ours until this is done.</summary>
    public required SlotGuard Guard { get; init; }

    public required ImageSource Source { get; init; }

    public required ImageLook Look { get; init; }

    public required PrepTarget Target { get; init; }

    /// <summary>How the image gets there, when the run begins anew.</summary>
    public required FetchWay Way { get; init; }

    /// <summary>Type of the file system to make.</summary>
    public required string FileSystem { get; init; }

    public required JournalFile<PrepJournal> Journal { get; init; }

    /// <summary>Null: the boot loader is left alone.</summary>
    public required Trials? Boot { get; init; }

    /// <summary>How often the new image is started before it has confirmed itself; 0: it gets an entry and is not tried.</summary>
    public required int Tries { get; init; }

    /// <summary>What this system can do, which the new one must be able to do too.</summary>
    public required HealthLook Health { get; init; }

    /// <summary>How `apply` is called to lay the overlay on the slot: our own program, and its settings file when one was named.</summary>
    public required Command ApplyOverlay { get; init; }

    public required Transfer Transfer { get; init; }

    /// <summary>One line per step, for people.</summary>
    public required Action<string> Say { get; init; }

    /// <summary>Called after each writing of the journal; tests end the process in it.</summary>
    public required Action<PrepStage> Journalled { get; init; }
}
