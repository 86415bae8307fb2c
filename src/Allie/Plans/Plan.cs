namespace Allie.Plans;

/// <summary>
/// A decision: the steps in order, each with its reason. Pure code makes it; a dry run prints it; Allie.Linux carries it out.
/// Notes are said to the user and change nothing.
/// </summary>
public sealed record Plan<TStep>(IReadOnlyList<TStep> Steps, IReadOnlyList<string> Notes)
    where TStep : IStep
{
    public Plan(IReadOnlyList<TStep> steps)
        : this(steps, [])
    {
    }

    public bool IsEmpty => Steps.Count == 0;
}
