using Allie.Blandify;
using Allie.Linux.Blandify.Leaks;

namespace Allie.Linux.Blandify;

/// <summary>What a run changed, or would change, and what is left after it.</summary>
public sealed record BlandifyResult(IReadOnlyList<TreeChange> Changes, IReadOnlyList<string> Notes, LeakReport Leaks);
