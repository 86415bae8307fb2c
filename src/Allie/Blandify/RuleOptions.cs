namespace Allie.Blandify;

/// <summary>What an administrator may choose for one run, or for the site.</summary>
/// <param name="Label">File-system label that every PC's slot for this image carries: the image's name.</param>
public sealed record RuleOptions(string Label)
{
    /// <summary>Rules switched on by name, beyond those that are on.</summary>
    public IReadOnlySet<string> With { get; init; } = new HashSet<string>();

    /// <summary>Rules switched off by name; stronger than <see cref="With"/>.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>();

    /// <summary>The site's own rules; they look after the built-in ones.</summary>
    public IReadOnlyList<IRule> Added { get; init; } = [];
}
