using Allie.Plans;

namespace Allie.Installers.Bootstrap;

/// <summary>What the mirror and the package manager say of a request before anything is written.</summary>
/// <param name="Checked">What was found to be as it should.</param>
/// <param name="Unchecked">What nobody looked at, and why.</param>
public sealed record BootstrapOutlook(string Checked, IReadOnlyList<string> Unchecked)
{
    /// <summary>All that will be installed; null when it was not told.</summary>
    public PackageCount? Count { get; init; }

    /// <summary>The least that the tree takes while it is made: what is fetched lies beside what comes of it. 0 when it was not told.</summary>
    public long LeastBytes => Count is { } count ? count.Fetched + count.Installed : 0;

    /// <summary>For the plan's line.</summary>
    public string Words => Count is { } count
        ? $"{Checked}: {(count.Packages > 0 ? $"{Counted.Of(count.Packages, "package")}, " : "")}{Mebi(count.Fetched)} to fetch, {Mebi(count.Installed)} installed"
        : Checked;

    private static string Mebi(long bytes) => $"{(bytes + (1 << 20) - 1) >> 20} MiB";
}
