using Allie.Blandify;
using Allie.Files;
using Allie.Personalise.Network;

namespace Allie.Personalise;

/// <summary>What the PC is, and what the new image has, as far as personalising looks at it.</summary>
public sealed record PersonalFacts
{
    /// <summary>Where this PC's identity is read, the best first: the active image, then others of this PC. Never empty.</summary>
    public required IReadOnlyList<ITreeView> Sources { get; init; }

    public required ITreeView New { get; init; }

    public required PersonalChoices Choices { get; init; }

    /// <summary>Named by the caller; null: as the sources say.</summary>
    public string? HostName { get; init; }

    /// <summary>The kernel's name for this PC, where the first source is the running system.</summary>
    public string? KernelName { get; init; }

    /// <summary>Of the image's file system; null: unknown, the root line of fstab stays.</summary>
    public string? Label { get; init; }

    /// <summary>Empty where it cannot be told.</summary>
    public string FileSystemType { get; init; } = "";

    /// <summary>32 hex digits for a PC that is to have a new machine-id.</summary>
    public required string FreshId { get; init; }

    /// <summary>The UUID of the swap area on this PC that fstab names so; null when there is none, or more than one.</summary>
    public Func<string, string?> SwapUuid { get; init; } = _ => null;

    /// <summary>The UUID of the file system on this PC's device of that name; null when unknown.</summary>
    public Func<string, string?> DeviceUuid { get; init; } = _ => null;

    /// <summary>Files that an overlay has put into the new image: those the administrator chose, they stay.</summary>
    public Func<ImagePath, bool> IsOverlays { get; init; } = _ => false;

    /// <summary>This PC's network cards; empty when the first source is not the running system.</summary>
    public IReadOnlyList<NetworkCard> Cards { get; init; } = [];

    /// <summary>The active image, or what stands for it: mounts, network and accounts come from here alone.</summary>
    public ITreeView Old => Sources[0];
}
