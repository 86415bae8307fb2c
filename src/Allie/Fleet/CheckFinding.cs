namespace Allie.Fleet;

/// <summary>Something about the server that its administrator should know.</summary>
/// <param name="Rule">A short name, for filters.</param>
/// <param name="What">On what, and what is wrong with it.</param>
/// <param name="Why">What can come of it.</param>
/// <param name="Next">What to do.</param>
/// <param name="IsAdvice">Nothing is unsafe or wrong yet; counts for no exit code.</param>
public sealed record CheckFinding(string Rule, string What, string Why, string Next, bool IsAdvice = false);
