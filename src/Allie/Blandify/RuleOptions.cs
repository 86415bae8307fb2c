using System.Text.RegularExpressions;
using Allie.Blandify.Rules.Identity;
using Allie.Blandify.Rules.Initramfs;
using Allie.Blandify.Rules.Network;
using Allie.Errors;
using Allie.Files;

namespace Allie.Blandify;

/// <summary>What an administrator may choose for one run, or for the site.</summary>
/// <param name="Label">File-system label that every PC's slot for this image carries: the image's name.</param>
public sealed partial record RuleOptions(string Label)
{
    /// <summary>Rules switched on by name, beyond those that are on.</summary>
    public IReadOnlySet<string> With { get; init; } = new HashSet<string>();

    /// <summary>Rules switched off by name; stronger than <see cref="With"/>.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>();

    /// <summary>With switches that are stronger than those so far.</summary>
    public RuleOptions Switched(IReadOnlyCollection<string> on, IReadOnlyCollection<string> off) => this with
    {
        With = With.Except(off).Union(on).ToHashSet(),
        Without = Without.Except(on).Union(off).ToHashSet(),
    };

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

    public MachineIdState MachineId { get; init; }

    public InitramfsCure Initramfs { get; init; }

    /// <summary>Reads an initramfs of the tree; null looks into none.</summary>
    public Func<ImagePath, InitramfsContents>? ReadInitramfs { get; init; }

    /// <summary>mkswap keeps 15 characters and does not say so; XFS has 12.</summary>
    /// <exception cref="UserError">No label of a file system.</exception>
    public static string CheckLabel(string text) =>
        Labels().IsMatch(text) ? text : throw UserError.Refused($"'{text}' is no label", "1 to 12 of letters, digits and . _ - ~");

    /// <summary>"/scratch=LABEL=scratch": a mount point, and what is mounted there on every PC.</summary>
    /// <exception cref="UserError">It is not of that form.</exception>
    public static KeyValuePair<string, string> CheckMount(string text) =>
        Mounts().Match(text) is { Success: true } found
            ? new(found.Groups[1].Value, found.Groups[2].Value)
            : throw UserError.Refused($"cannot keep mount '{text}'", "write it as POINT=SPEC: /scratch=LABEL=scratch");

    [GeneratedRegex(@"^[A-Za-z0-9._~-]{1,12}\z")]
    private static partial Regex Labels();

    [GeneratedRegex(@"^(/[^\s=#]+)=([^\s#]+)\z")]
    private static partial Regex Mounts();
}
