using Allie.Files;

namespace Allie.Blandify.Leaks;

/// <summary>Something found in a tree that belongs to one machine or is a secret.</summary>
/// <param name="Path">Where.</param>
/// <param name="Kind">"hostname", "mac", "wifi-key", ...</param>
/// <param name="Evidence">The line or place with what was found; never a secret itself.</param>
/// <param name="IsIdentity">Of the captured machine: stands in the way of publishing. A secret may be meant to be there, and is only named.</param>
public sealed record Leak(ImagePath Path, string Kind, string Evidence, bool IsIdentity)
{
    /// <summary>What to do about it.</summary>
    public string Advice => LeakAdvice.For(this);
}
