using Allie.Files;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    /// <summary>os-release(5), of /etc before /usr/lib; empty when the tree has none.</summary>
    public string OsRelease() => TryReadText(ImagePath.Of("etc/os-release")) ?? TryReadText(ImagePath.Of("usr/lib/os-release")) ?? "";
}
