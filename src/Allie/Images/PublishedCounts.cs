namespace Allie.Images;

/// <summary>What a publish did: paths in the generation, those it shares with an older one, and bytes on the disk that only it has.</summary>
public sealed record PublishedCounts(int Paths, int Shared, long OwnBytes);
