using Allie.Files;
using Allie.Overlays.Layers;

namespace Allie.Overlays.Lint;

/// <summary>Something in an overlay that its administrator hardly wants.</summary>
/// <param name="Rule">A short name, for filters.</param>
/// <param name="Layer">Where.</param>
/// <param name="Path">In the layer.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do, a command where one helps.</param>
/// <param name="IsError">A PC leaves the path out, or a secret is open.</param>
/// <param name="IsNote">Harmless; alone it does not make exit 3.</param>
public sealed record LintFinding(string Rule, string Layer, ImagePath Path, string Message, string? Fix = null, bool IsError = false, bool IsNote = false);
