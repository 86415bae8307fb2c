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
    public static void Apply(ImageRoot root, IEnumerable<TreeChange> changes)
    {
        var now = ImageRoot.Now;
        foreach (var change in changes)
        {
            switch (change.Kind)
            {
                case TreeAction.Write:
                    var metadata = FileMetadata.Root(change.Permissions ?? 0x1A4, now);
                    if (change.Permissions is null && root.TryStat(change.Path) is { IsRegular: true })
                    {
                        metadata = root.Metadata(change.Path) with { MtimeNs = now };
                    }

                    root.WriteFile(change.Path, Encoding.Latin1.GetBytes(change.After!), metadata);
                    break;
                case TreeAction.Link:
                    root.WriteSymlink(change.Path, change.After!, FileMetadata.Root(0x1FF, now));
                    break;
                default:
                    root.RemoveFile(change.Path);
                    break;
            }
        }
    }
}
