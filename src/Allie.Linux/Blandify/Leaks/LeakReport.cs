using Allie.Blandify.Leaks;

namespace Allie.Linux.Blandify.Leaks;

/// <summary>What a scan found.</summary>
/// <param name="Leaks">By path, then by kind.</param>
/// <param name="Notes">What was not looked into, and why.</param>
public sealed record LeakReport(IReadOnlyList<Leak> Leaks, IReadOnlyList<string> Notes)
{
    /// <summary>Identity of the captured machine that nobody has accepted.</summary>
    public IReadOnlyList<Leak> Standing(AcceptList accepted) => [.. Leaks.Where(l => l.IsIdentity && !accepted.Has(l.Path))];
}
