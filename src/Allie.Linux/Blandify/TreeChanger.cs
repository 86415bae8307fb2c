using System.Text;
using Allie.Blandify;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Blandify;

/// <summary>
/// Carries out changes on a tree. Never in place: trees may share files by hard link with published generations. Can be killed and run
/// again at any point: each change is whole or not there.
/// </summary>
public static class TreeChanger
{
    private const string SecurityLabel = "security.selinux";

    public static void Apply(ImageRoot root, IEnumerable<TreeChange> changes)
    {
        var now = ImageRoot.Now;
        foreach (var change in changes)
        {
            Apply(root, change, now);
        }
    }

    /// <param name="root">The tree.</param>
    /// <param name="change">What to do.</param>
    /// <param name="now">Time of what is written, nanoseconds since 1970.</param>
    public static void Apply(ImageRoot root, TreeChange change, long now)
    {
        switch (change.Kind)
        {
            case TreeAction.Write:
                root.WriteFile(change.Path, Encoding.Latin1.GetBytes(change.After!), Metadata(root, change, now));
                break;
            case TreeAction.Truncate:
                root.WriteFileLazily(change.Path, [], Metadata(root, change, now)); // nothing in it that a power cut could lose
                break;
            case TreeAction.Link:
                root.WriteSymlink(change.Path, change.After!, FileMetadata.Root(0x1FF, now) with { Xattrs = LabelOf(root, change.Path.Parent) });
                break;
            case TreeAction.RemoveTree:
                root.RemoveTree(change.Path);
                break;
            case TreeAction.MakeDirectory:
                root.MakeDirectory(change.Path, FileMetadata.Root(change.Permissions ?? 0x1ED, now) with { Xattrs = LabelOf(root, change.Path.Parent) });
                break;
            case TreeAction.Rename:
                root.Rename(change.Path, ImagePath.FromRaw(change.After!));
                break;
            case TreeAction.Report:
                break;
            default:
                root.RemoveFile(change.Path);
                break;
        }
    }

    /// <summary>Of the file that is there; a mode that a rule asks for makes it root's. A new file gets the SELinux label of its directory.</summary>
    private static FileMetadata Metadata(ImageRoot root, TreeChange change, long now)
    {
        if (root.TryStat(change.Path) is not { IsRegular: true })
        {
            return FileMetadata.Root(change.Permissions ?? 0x1A4, now) with { Xattrs = LabelOf(root, change.Path.Parent) };
        }

        var metadata = root.Metadata(change.Path) with { MtimeNs = now };
        return change.Permissions is { } mode ? metadata with { Permissions = mode, Uid = 0, Gid = 0 } : metadata;
    }

    private static Dictionary<string, byte[]> LabelOf(ImageRoot root, ImagePath directory) =>
        root.TryStat(directory) is { IsDirectory: true } && root.Metadata(directory).Xattrs.TryGetValue(SecurityLabel, out var label)
            ? new() { [SecurityLabel] = label }
            : [];
}
