using Allie.Files;

namespace Allie.Images;

/// <summary>One path of a generation and the XxHash128 of its metadata and content.</summary>
public readonly record struct CatalogueEntry(ImagePath Path, UInt128 Hash);
