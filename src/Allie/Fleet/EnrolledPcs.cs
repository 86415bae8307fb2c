namespace Allie.Fleet;

/// <summary>Which PCs the server knows, by name in the hosts file.</summary>
/// <param name="Keys">ssh keys of the PCs that have one.</param>
/// <param name="Secrets">PCs that have a secret for rsyncd.</param>
/// <param name="Revoked">PCs that may not come any more, until they are enrolled anew.</param>
public sealed record EnrolledPcs(IReadOnlyDictionary<string, PublicKey> Keys, IReadOnlySet<string> Secrets, IReadOnlySet<string> Revoked)
{
    public static readonly EnrolledPcs None = new(new Dictionary<string, PublicKey>(), new HashSet<string>(), new HashSet<string>());
}
