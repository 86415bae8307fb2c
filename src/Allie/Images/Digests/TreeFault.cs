using Allie.Files;

namespace Allie.Images.Digests;

/// <summary>One path of a generation that is not as its catalogue says: "changed", "missing" or "extra".</summary>
public readonly record struct TreeFault(string Kind, ImagePath Path);
