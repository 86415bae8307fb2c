using System.Text.RegularExpressions;
using Allie.Blandify.Rules.Mounts;
using Allie.Blandify.Table;
using Allie.Files;

namespace Allie.Blandify;

/// <summary>What rules need to know of the captured PC, looked up before the first of them changes anything.</summary>
/// <param name="Names">Its host names, full and short; none when it has none any more.</param>
/// <param name="MachineIds">Its ids of 32 hex digits, without the placeholder.</param>
/// <param name="HadBoot">/boot was a file system of its own: paths of its boot files begin there.</param>
/// <param name="Subvolume">The btrfs subvolume of /, without slashes at its ends; empty for none.</param>
public sealed partial record CapturedPc(IReadOnlySet<string> Names, IReadOnlySet<string> MachineIds, bool HadBoot, string Subvolume)
{
    /// <summary>Stands in an image for the machine-id of the PC that it will be on: in names of boot entries and rescue kernels.</summary>
    public const string PlaceholderId = "ffffffffffffffffffffffffffffffff";

    private static readonly PathPattern[] IdNames =
    [
        PathPattern.Parse("{boot,boot/efi,efi}/loader/entries/*.conf"), PathPattern.Parse("boot/*0-rescue-*"), PathPattern.Parse("var/log/journal/*"),
    ];

    /// <summary>Where no tree is looked at.</summary>
    public static CapturedPc None { get; } = new(new HashSet<string>(), new HashSet<string>(), false, "");

    public static CapturedPc Of(ITreeView tree)
    {
        var mounts = (tree.Text(ImagePath.Of("etc/fstab")) ?? "").Split('\n').Select(FstabLine.TryParse).OfType<FstabLine>().ToList();
        var root = mounts.FirstOrDefault(m => m.Point == "/");
        return new(
            HostNames(tree), Ids(tree), mounts.Any(m => m.Point == "/boot"),
            root?.OptionList.FirstOrDefault(o => o.StartsWith("subvol=", StringComparison.Ordinal))?["subvol=".Length..].Trim('/') ?? "");
    }

    /// <summary>A text with each of the ids replaced by the placeholder.</summary>
    public string WithoutIds(string text) => MachineIds.Aggregate(text, (t, id) => t.Replace(id, PlaceholderId));

    private static HashSet<string> HostNames(ITreeView tree)
    {
        string[] plain = ["etc/hostname", "etc/HOSTNAME", "etc/mailname"];
        string[] keyed = ["etc/sysconfig/network", "etc/conf.d/hostname"];
        return plain.SelectMany(f => Lines(tree, f).Where(l => !l.StartsWith('#')))
            .Concat(keyed.SelectMany(f => Lines(tree, f)).Where(l => LineEdit.KeyOf(l) is "HOSTNAME" or "hostname").Select(LineEdit.ValueOf))
            .SelectMany(n => new[] { n, n.Split('.')[0] })
            .Where(n => n.Length > 0 && n.Split('.')[0] is not ("localhost" or "")).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static HashSet<string> Ids(ITreeView tree) =>
        new[] { "etc/machine-id", "var/lib/dbus/machine-id" }.SelectMany(f => Lines(tree, f))
            .Concat(IdNames.SelectMany(p => p.Match(tree)).SelectMany(f => Id().Matches(f.Path.Name).Select(m => m.Value)))
            .Where(id => Id().Match(id).Length == id.Length && id.Length == 32 && id != PlaceholderId).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(ITreeView tree, string file) =>
        (tree.Text(ImagePath.Of(file)) ?? "").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0);

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")]
    private static partial Regex Id();
}
