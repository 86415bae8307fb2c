using Allie.Blandify.Identities;
using Allie.Files;

namespace Allie.Blandify;

/// <summary>What rules need to know of the captured PC, looked up before the first of them changes anything.</summary>
/// <param name="Names">Its host names, full and short; none when it has none any more.</param>
/// <param name="MachineIds">Its ids of 32 hex digits, without the placeholder.</param>
/// <param name="HadBoot">/boot was a file system of its own: paths of its boot files begin there.</param>
/// <param name="Subvolume">The btrfs subvolume of /, without slashes at its ends; empty for none.</param>
public sealed record CapturedPc(IReadOnlySet<string> Names, IReadOnlySet<string> MachineIds, bool HadBoot, string Subvolume)
{
    /// <summary>Stands in an image for the machine-id of the PC that it will be on: in names of boot entries and rescue kernels.</summary>
    public const string PlaceholderId = "ffffffffffffffffffffffffffffffff";

    /// <summary>Where no tree is looked at.</summary>
    public static CapturedPc None { get; } = new(new HashSet<string>(), new HashSet<string>(), false, "");

    public static CapturedPc Of(ITreeView tree)
    {
        var mounts = FstabLine.All(tree.Text(ImagePath.Of("etc/fstab")) ?? "").ToList();
        var root = mounts.FirstOrDefault(m => m.Point == "/");
        return new(
            HostNames.Of(tree).Where(n => n.Split('.')[0] != "localhost").ToHashSet(StringComparer.OrdinalIgnoreCase),
            IdentityProbe.MachineIds(tree).Where(id => id != PlaceholderId).ToHashSet(StringComparer.Ordinal), mounts.Any(m => m.Point == "/boot"),
            root?.OptionList.FirstOrDefault(o => o.StartsWith("subvol=", StringComparison.Ordinal))?["subvol=".Length..].Trim('/') ?? "");
    }

    /// <summary>A text with each of the ids replaced by the placeholder.</summary>
    public string WithoutIds(string text) => MachineIds.Aggregate(text, (t, id) => t.Replace(id, PlaceholderId));
}
