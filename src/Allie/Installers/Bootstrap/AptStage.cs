namespace Allie.Installers.Bootstrap;

/// <summary>Where an apt-get run is, read from what it tells of each package.</summary>
public static class AptStage
{
    /// <summary>The stage that the line belongs to; null when it says nothing about that.</summary>
    public static string? Of(string line) =>
        line.StartsWith("Get:", StringComparison.Ordinal) ? "downloading"
        : line.StartsWith("Unpacking ", StringComparison.Ordinal) ? "unpacking"
        : line.StartsWith("Setting up ", StringComparison.Ordinal) ? "setting up"
        : line.StartsWith("update-initramfs: Generating ", StringComparison.Ordinal) ? "making the initramfs"
        : null;
}
