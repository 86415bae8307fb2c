using Allie.Files;
using Allie.Overlays.Layers;

namespace Allie.Overlays.Lint;

/// <summary>One name of a layer beside the image's own of that path.</summary>
/// <param name="Layer">all, f18, group/G/f18, ...</param>
/// <param name="Image">The image that it is compared with; null: none is published.</param>
/// <param name="Path">In the layer.</param>
/// <param name="Meant">The path in the image, special names read and directory links of the image followed.</param>
/// <param name="Facts">In the layer.</param>
/// <param name="Own">The image's own; null is none.</param>
/// <param name="IsSame">Same content and metadata as the image's own.</param>
/// <param name="IsPrivateKey">It begins as a private key does.</param>
/// <param name="KnownUsers">User numbers of the image's passwd; null where it could not be read.</param>
public sealed record LintEntry(
    string Layer, string? Image, ImagePath Path, ImagePath Meant, FileFacts Facts, FileFacts? Own, bool IsSame, bool IsPrivateKey, IReadOnlySet<uint>? KnownUsers)
{
    /// <summary>A package left its new default beside the image's own under this ending; null is none.</summary>
    public string? NewDefault { get; init; }
}
