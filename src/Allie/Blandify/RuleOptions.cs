using Allie.Blandify.Rules.Initramfs;
using Allie.Blandify.Rules.Network;
using Allie.Files;

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

    public string SwapLabel { get; init; } = "swap";

    /// <summary>Label of a /boot of its own; null: /boot is part of /.</summary>
    public string? BootLabel { get; init; }

    /// <summary>Type of the root file system that slots get; null keeps the captured one in fstab.</summary>
    public string? FileSystem { get; init; }

    /// <summary>Local mounts that every PC has: mount point to spec, "/scratch" to "LABEL=scratch".</summary>
    public IReadOnlyDictionary<string, string> KeptMounts { get; init; } = new Dictionary<string, string>();

    public StaticNetwork StaticNetwork { get; init; }

    public InitramfsCure Initramfs { get; init; }

    /// <summary>Reads an initramfs of the tree; null looks into none.</summary>
    public Func<ImagePath, InitramfsContents>? ReadInitramfs { get; init; }
}
