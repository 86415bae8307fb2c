using Allie.Files;
using Allie.Overlays;

namespace Allie.Conf;

/// <summary>A file system beside the root that an inactive image needs while its overlay is applied.</summary>
/// <param name="Point">Where, in the image.</param>
/// <param name="Device">Its node.</param>
/// <param name="Options">Of the fstab line, those that choose what of the device is meant: subvol=.</param>
public sealed record ImageMount(ImagePath Point, string Device, string Options);

/// <summary>Which file systems of its fstab an inactive image gets, parents first, and which places are left alone.</summary>
public sealed record ImageMounts(IReadOnlyList<ImageMount> Mounts, IReadOnlyList<LeftPlace> Left);
