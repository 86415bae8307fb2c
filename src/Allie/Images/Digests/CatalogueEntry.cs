using Allie.Files;

namespace Allie.Images.Digests;

/// <summary>One path of a generation and the XxHash3 of its metadata and content.</summary>
public readonly record struct CatalogueEntry(ImagePath Path, ulong Hash);
