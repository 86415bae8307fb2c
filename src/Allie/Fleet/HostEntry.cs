namespace Allie.Fleet;

/// <summary>What the hosts file says of one PC. Groups stand in order of importance, strongest first.</summary>
public sealed record HostEntry(
    string Name, IReadOnlyList<string> Groups, IReadOnlyList<string> Images, string? Address, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>All that the hosts file says of it, in one line.</summary>
    public string Format() => string.Join(' ', [
        Name, .. Groups.Count > 0 ? [$"groups={string.Join(',', Groups)}"] : Array.Empty<string>(), .. Images.Count > 0 ? [$"images={string.Join(',', Images)}"] : Array.Empty<string>(),
        .. Address is null ? Array.Empty<string>() : [$"addr={Address}"], .. Tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"tag.{t.Key}={t.Value}"),
    ]) + "\n";
}
