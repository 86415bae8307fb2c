namespace Allie.Installers.Bootstrap;

/// <summary>What is to be bootstrapped.</summary>
/// <param name="Suite">trixie, noble, F42, EL9, ...; of an OCI image, what it is called.</param>
/// <param name="Packages">All that is asked for; the package manager adds what these need. May be empty for an OCI image alone.</param>
/// <param name="Sources">"deb" lines, which stay in the tree's sources.list; or the URLs of rpm repositories, none for this machine's own.</param>
/// <param name="Fstab">The root line of the tree's fstab.</param>
public sealed record BootstrapRequest(string Suite, string Variant, IReadOnlyList<string> Packages, IReadOnlyList<string> Sources, string Fstab)
{
    public BootstrapMaker Maker { get; init; }

    /// <summary>The OCI layout or archive to begin with.</summary>
    public string? From { get; init; }

    /// <summary>What --suite says that the OCI image is; its os-release must agree.</summary>
    public string? Claimed { get; init; }

    /// <summary>A kernel was refused by name: its absence is no finding.</summary>
    public bool WithoutKernel { get; init; }

    /// <summary>The names of this machine's own rpm repositories, when no source is given.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>The key that rpm packages are signed with: a file or URL.</summary>
    public string? RpmKey { get; init; }
}
