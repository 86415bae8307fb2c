using Allie.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>What a state tree holds for a path, and where in the tree.</summary>
internal readonly record struct StateEntry(StateKind Kind, ImagePath Stored);
