using Allie.Files;
using Allie.Overlays.State;

namespace Allie.Linux.Overlays.State;

/// <summary>What a state tree holds for a path, and where in the tree.</summary>
internal readonly record struct StateEntry(StateKind Kind, ImagePath Stored);
