using Allie.Overlays;
using Allie.Overlays.Layers;

namespace Allie.Linux.Overlays;

/// <summary>What to apply where.</summary>
/// <param name="Root">The image's root: / or where a slot is mounted.</param>
/// <param name="Layers">Local layer directories, lowest first; none means: fetch them from the server.</param>
/// <param name="Image">The image's name; null means what its stamp says.</param>
/// <param name="DryRun">Write nothing.</param>
/// <param name="AcceptEmpty">A layer that became empty on the server is meant so.</param>
public sealed record ApplyRequest(string Root, IReadOnlyList<string> Layers, string? Image, bool DryRun, bool AcceptEmpty)
{
    /// <summary>Where layers come from when none are named.</summary>
    public LayerChoice From { get; init; }

    /// <summary>The root is the running system: its scripts may run.</summary>
    public bool IsActive => Path.GetFullPath(Root) == "/";

    /// <summary>Places of the root that are left alone.</summary>
    public IReadOnlyList<LeftPlace> Left { get; init; } = [];

    /// <summary>A file of what templates may name, instead of what this PC is.</summary>
    public string? HostFacts { get; init; }
}
