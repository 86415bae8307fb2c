using Allie.Files;
using Allie.Rsync;

namespace Allie.Overlays.Layers;

/// <summary>What the server could not read, seen from one of its layers. Names are those of its module: hosts, overlays/...</summary>
/// <param name="Unread">All of them.</param>
public sealed record LayerRefusals(IReadOnlyList<SourceRefusal> Unread)
{
    private static readonly ImagePath Hosts = ImagePath.Of("hosts");

    /// <summary>Of the hosts file; null when it was read.</summary>
    public SourceRefusal? OfHosts => Covering(Hosts);

    /// <summary>The directory itself, or one above it: what the layer has is not known. Null when it is.</summary>
    public SourceRefusal? Covering(ImagePath directory) => Unread.FirstOrDefault(r => directory.IsAtOrBelow(r.Path));

    public IEnumerable<SourceRefusal> Below(ImagePath directory) => Unread.Where(r => r.Path != directory && r.Path.IsAtOrBelow(directory));

    /// <summary>The paths in a layer that stay as they are.</summary>
    /// <param name="layer">Its name.</param>
    /// <param name="directory">Where its files are.</param>
    public IReadOnlyList<PathFault> Inside(string layer, ImagePath directory) =>
        [.. Below(directory).Select(r => new PathFault(ImagePath.FromRaw(r.Path.Raw[(directory.Raw.Length + 1)..]), layer, Says(r)))];

    public static string Says(SourceRefusal refused) =>
        $"the server could not read it: {refused.Why}; mend {RawName.Display(refused.Path.Raw)} there (its name, mode, owner or disk), the next run takes it";
}
