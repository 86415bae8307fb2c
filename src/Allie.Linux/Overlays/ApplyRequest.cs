namespace Allie.Linux.Overlays;

/// <summary>What to apply where.</summary>
/// <param name="Root">The image's root: / or where a slot is mounted.</param>
/// <param name="Layers">Local layer directories, lowest first; none means: fetch them from the server.</param>
/// <param name="Image">The image's name; null means what its stamp says.</param>
/// <param name="DryRun">Write nothing.</param>
/// <param name="AcceptEmpty">A layer that became empty on the server is meant so.</param>
public sealed record ApplyRequest(string Root, IReadOnlyList<string> Layers, string? Image, bool DryRun, bool AcceptEmpty)
{
    /// <summary>A file of what templates may name, instead of what this PC is.</summary>
    public string? HostFacts { get; init; }
}
