using System.Text;
using Allie.Config;
using Allie.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>The mark of `allie disable` in one root. That of the running system holds for the hourly run over all images of the PC.</summary>
public sealed class DisabledFile(string hostRoot, PcSettings settings)
{
    private readonly ImagePath _path = ImagePath.Of(settings.State).Join(DisabledMark.Name);

    /// <summary>Null when there is none, or when its time is over.</summary>
    public DisabledMark? Read()
    {
        using var root = TypedRoot.OfImage(hostRoot);
        return root.TryReadText(_path) is { } text && DisabledMark.Parse(text) is var mark && !mark.IsOver(DateTimeOffset.UtcNow) ? mark : null;
    }

    public void Write(DisabledMark mark)
    {
        using var root = TypedRoot.OfImage(hostRoot);
        root.MakeDirectories(_path.Parent.Parent, 0x1ED);
        root.MakeDirectories(_path.Parent, 0x1C0);
        root.WriteFile(_path, Encoding.UTF8.GetBytes(mark.Format()), FileMetadata.Root(0x180, mark.Since.ToUnixTimeMilliseconds() * 1_000_000));
    }

    public void Remove()
    {
        using var root = TypedRoot.OfImage(hostRoot);
        root.RemoveFile(_path);
    }
}
