using System.Text.RegularExpressions;
using Allie.Files;

namespace Allie.Blandify.Identities;

/// <summary>
/// Reads from a captured tree which machine it was, before a rule takes that away. Only places that hold such things by their meaning are read; a file
/// over 4 MiB, or one that is a link, is none of them.
/// </summary>
public static partial class IdentityProbe
{
    private const int Largest = 4 << 20;

    public static Identity Collect(ITreeView tree) =>
        Identity.Of([
            .. HostNames.Of(tree).Select(n => new Trait(TraitKind.HostName, n)), .. MachineIds(tree).Select(i => new Trait(TraitKind.MachineId, i)), .. DiskNames.In(tree), .. NetworkNames.In(tree), .. HostKeys.In(tree), .. Storage(tree),
        ]);

    /// <summary>Null when there is no such file, or none of a sane size.</summary>
    internal static string? Text(ITreeView tree, string path) => Text(tree, ImagePath.FromRaw(path));

    internal static string? Text(ITreeView tree, ImagePath path) => tree.Find(path) is { IsRegular: true, Size: <= Largest } ? tree.Text(path) : null;

    /// <summary>The texts of all files of a directory.</summary>
    internal static IEnumerable<string> Texts(ITreeView tree, string directory) =>
        tree.Names(ImagePath.FromRaw(directory)).Select(n => Text(tree, ImagePath.FromRaw(directory).Join(n))).OfType<string>();

    /// <summary>From their files, and from the names that the journal, the boot loader's entries and rescue kernels carry.</summary>
    internal static IEnumerable<string> MachineIds(ITreeView tree)
    {
        string[] files = ["etc/machine-id", "var/lib/dbus/machine-id", "etc/kernel/entry-token"];
        string[] directories = ["var/log/journal", "boot/loader/entries", "boot/efi/loader/entries", "efi/loader/entries", "boot", "boot/efi", "efi"];
        return files.Select(f => Text(tree, f)?.Trim() ?? "")
            .Concat(directories.SelectMany(d => tree.Names(ImagePath.FromRaw(d))).SelectMany(n => IdInName().Matches(n).Select(m => m.Value)))
            .Where(t => Id().IsMatch(t)).Select(t => t.ToLowerInvariant());
    }

    private static IEnumerable<Trait> Storage(ITreeView tree)
    {
        foreach (Match iqn in Initiator().Matches(Text(tree, "etc/iscsi/initiatorname.iscsi") ?? ""))
        {
            yield return new(TraitKind.Initiator, iqn.Groups[1].Value.ToLowerInvariant());
        }

        foreach (Match uuid in DiskNames.Uuid().Matches((Text(tree, "etc/nvme/hostid") ?? "") + "\n" + (Text(tree, "etc/nvme/hostnqn") ?? "")))
        {
            yield return new(TraitKind.Nvme, uuid.Value.ToLowerInvariant());
        }
    }

    [GeneratedRegex(@"^[0-9a-fA-F]{32}\z")]
    private static partial Regex Id();

    [GeneratedRegex("(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")]
    private static partial Regex IdInName();

    [GeneratedRegex(@"^\s*InitiatorName\s*=\s*(\S+)", RegexOptions.Multiline)]
    private static partial Regex Initiator();
}
