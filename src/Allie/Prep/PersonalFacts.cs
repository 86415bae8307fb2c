using Allie.Files;

namespace Allie.Prep;

/// <summary>What the running system is, and what the new image has, as far as personalising looks at it.</summary>
public sealed record PersonalFacts
{
    public required string HostName { get; init; }

    /// <summary>32 hex digits; null when the running system has none.</summary>
    public required string? MachineId { get; init; }

    /// <summary>Files of the running system to be carried over as they are: host keys, network profiles, settings.</summary>
    public required IReadOnlyList<(ImagePath Path, string Reason)> Carried { get; init; }

    /// <summary>Files that an overlay has put into the new image: those the administrator chose, they stay.</summary>
    public required IReadOnlySet<ImagePath> FromOverlay { get; init; }

    public required string NewHosts { get; init; }

    public required string NewFstab { get; init; }

    public required string Label { get; init; }

    public required string FileSystemType { get; init; }

    public required IReadOnlyList<string> SwapUuids { get; init; }
}
