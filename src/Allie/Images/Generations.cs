namespace Allie.Images;

/// <summary>Generations of one image: directories 1, 2, 3, ... and the symlink that says which is current.</summary>
public static class Generations
{
    public const string Directory = ".generations";

    /// <summary>The numbers among the names, in order. Other names are not ours.</summary>
    public static IReadOnlyList<int> Of(IEnumerable<string> names) =>
        [.. names.Select(n => int.TryParse(n, out var number) && number > 0 && number.ToString() == n ? number : 0).Where(n => n > 0).Order()];

    /// <summary>One above the highest, so that a number is never used twice while its tree exists.</summary>
    public static int Next(IEnumerable<string> names) => Of(names).LastOrDefault() + 1;

    /// <summary>The nearest older one; null when there is none.</summary>
    public static int? Before(IReadOnlyList<int> generations, int? current) =>
        generations.Where(g => g < (current ?? int.MaxValue)).Select(g => (int?)g).LastOrDefault();

    /// <summary>Relative, so that the store can be mounted or moved elsewhere.</summary>
    public static string LinkTarget(string image, int generation) => $"{Directory}/{image}/{generation}";

    /// <summary>Null for a link that leads elsewhere.</summary>
    public static int? OfLink(string image, string target) =>
        target.StartsWith($"{Directory}/{image}/", StringComparison.Ordinal) && Of([target[(target.LastIndexOf('/') + 1)..]]) is [var one] ? one : null;
}
