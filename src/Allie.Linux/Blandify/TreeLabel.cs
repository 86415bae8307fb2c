using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;

namespace Allie.Linux.Blandify;

/// <summary>Which label a tree outside the store is meant for.</summary>
public static class TreeLabel
{
    /// <summary>The name in its stamp, else the directory's own, else "image".</summary>
    public static string Of(string directory)
    {
        using var root = ImageRoot.Open(directory);
        if (root.TryReadText(ImagePath.Of(ImageStamp.Path)) is { } stamp)
        {
            return ImageStamp.Parse(stamp, root.Show(ImagePath.Of(ImageStamp.Path))).Name;
        }

        try
        {
            return ImageName.Check(Path.GetFileName(Path.GetFullPath(directory).TrimEnd('/')));
        }
        catch (UserError)
        {
            return "image";
        }
    }
}
