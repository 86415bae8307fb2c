using Allie.Images;

namespace Allie.Linux.Images.Fetch;

/// <summary>What the server has of an image now.</summary>
public sealed record ImageLook(ImageStamp Stamp, SparseList Sparse, ImageFacts Facts);
