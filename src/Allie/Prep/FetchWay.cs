namespace Allie.Prep;

/// <summary>The strategy that was chosen, from where, and why.</summary>
public sealed record FetchWay(FetchStrategy Strategy, Seed? Seed, string Reason);
