namespace Allie.Linux.Conf;

/// <summary>A slot that may hold an image which is not running.</summary>
/// <param name="Slot">Its name.</param>
/// <param name="Skip">Why it is left out this time; null when it can be looked at.</param>
/// <param name="Label">The image's name, as far as the file system's label tells.</param>
public sealed record InactiveImage(string Slot, string? Skip, string Label);
