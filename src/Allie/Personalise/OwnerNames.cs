using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise;

/// <summary>Owners of carried files: the account of the same name, as numbers differ from image to image.</summary>
internal static class OwnerNames
{
    /// <summary>root where the image has no account of that name: with the bare number a key could become a stranger's.</summary>
    internal static (uint Uid, uint Gid) Map(ITreeView old, ITreeView fresh, uint uid, uint gid) =>
        (Map(old, fresh, "etc/passwd", uid), Map(old, fresh, "etc/group", gid));

    private static uint Map(ITreeView old, ITreeView fresh, string file, uint number)
    {
        if (number == 0)
        {
            return 0;
        }

        var name = AccountLine.All(old.Text(ImagePath.Of(file))).FirstOrDefault(l => l.Number == number)?.Name;
        return AccountLine.All(fresh.Text(ImagePath.Of(file))).FirstOrDefault(l => l.Name == name)?.Number ?? 0;
    }
}
