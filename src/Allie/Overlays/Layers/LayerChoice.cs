namespace Allie.Overlays.Layers;

/// <summary>Which layers a run looks at, where none are named.</summary>
public enum LayerChoice
{
    /// <summary>What the server has now.</summary>
    Server,

    /// <summary>What the last run fetched; the server is not asked.</summary>
    Fetched,

    /// <summary>None: all that was applied counts as withdrawn. What undo plans with.</summary>
    None,
}
