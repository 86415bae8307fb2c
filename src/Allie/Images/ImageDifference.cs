namespace Allie.Images;

/// <summary>Two trees beside each other.</summary>
/// <param name="Before">NAME@GEN or NAME@work.</param>
/// <param name="After">The other.</param>
/// <param name="Changes">Every path that differs.</param>
/// <param name="Packages">Packages that differ.</param>
/// <param name="Unread">Why packages could not be told.</param>
/// <param name="KernelsBefore">Kernel versions in the first.</param>
/// <param name="KernelsAfter">Kernel versions in the second.</param>
public sealed record ImageDifference(
    string Before, string After, IReadOnlyList<TreeChange> Changes, IReadOnlyList<PackageChange> Packages, IReadOnlyList<string> Unread,
    IReadOnlyList<string> KernelsBefore, IReadOnlyList<string> KernelsAfter)
{
    public bool OtherKernel => !KernelsBefore.SequenceEqual(KernelsAfter);

    public IEnumerable<TreeChange> Added => Changes.Where(c => c.Before is null);

    public IEnumerable<TreeChange> Removed => Changes.Where(c => c.After is null);

    public IEnumerable<TreeChange> Modified => Changes.Where(c => c is { Before: not null, After: not null });

    /// <summary>Lengths of regular files.</summary>
    public static long Bytes(IEnumerable<TreeChange> changes) => changes.Sum(c => (c.After ?? c.Before) is { IsRegular: true } file ? file.Size : 0);
}
