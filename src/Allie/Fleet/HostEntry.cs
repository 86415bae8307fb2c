namespace Allie.Fleet;

/// <summary>What the hosts file says of one PC. Groups stand in order of importance, strongest first.</summary>
public sealed record HostEntry(
    string Name, IReadOnlyList<string> Groups, IReadOnlyList<string> Images, string? Address, IReadOnlyDictionary<string, string> Tags);
