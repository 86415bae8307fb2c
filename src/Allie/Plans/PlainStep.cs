namespace Allie.Plans;

/// <summary>A step that needs nothing but words: subjects with typed steps have their own record.</summary>
public sealed record PlainStep(string Action, string Target, string Reason) : IStep;
