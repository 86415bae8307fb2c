namespace Allie.Boot.Health;

/// <summary>What was found in the running system.</summary>
public sealed record HealthFacts
{
    /// <summary>UUID of the file system that the root is on.</summary>
    public required string RootUuid { get; init; }

    public required bool RootIsWritable { get; init; }

    public required IReadOnlyList<string> FailedUnits { get; init; }

    public required bool HasRoute { get; init; }

    /// <summary>Null: no server is set.</summary>
    public required bool? ReachesServer { get; init; }

    public required bool HasSsh { get; init; }

    /// <summary>UTC, ISO 8601.</summary>
    public required string Now { get; init; }

    /// <summary>Of the root file system.</summary>
    public required int FreePercent { get; init; }

    /// <summary>Exit code of `apply -n`; null: not asked, as the server does not answer.</summary>
    public required int? OverlayExit { get; init; }
}
