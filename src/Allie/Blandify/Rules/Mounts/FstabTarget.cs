namespace Allie.Blandify.Rules.Mounts;

/// <summary>What the disks of any PC are called.</summary>
/// <param name="Label">Of /.</param>
public sealed record FstabTarget(string Label)
{
    public string SwapLabel { get; init; } = "swap";

    /// <summary>Of a /boot of its own; null when it is part of /.</summary>
    public string? BootLabel { get; init; }

    /// <summary>Type that slots are formatted with; null keeps the captured one.</summary>
    public string? FileSystem { get; init; }

    /// <summary>An init that knows nofail on swap.</summary>
    public bool HasSystemd { get; init; }

    /// <summary>Mount point to spec, for local file systems that every PC has: "/scratch" to "LABEL=scratch".</summary>
    public IReadOnlyDictionary<string, string> KeptMounts { get; init; } = new Dictionary<string, string>();
}
