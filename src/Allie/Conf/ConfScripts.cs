namespace Allie.Conf;

/// <summary>Which names of /root/conf are scripts to run, and in which order: NN*, by bytes.</summary>
public static class ConfScripts
{
    /// <summary>What editors and packages leave beside a file (the ends that run-parts(8) and rpm know).</summary>
    private static readonly string[] BackupEnds =
        ["~", ".bak", ".old", ".orig", ".swp", ".tmp", ".rpmsave", ".rpmnew", ".rpmorig", ".dpkg-old", ".dpkg-new", ".dpkg-dist", ".dpkg-tmp", ".ucf-dist", ".ucf-old", ".ucf-new"];

    public static bool IsScript(string name) =>
        name.Length > 2 && char.IsAsciiDigit(name[0]) && char.IsAsciiDigit(name[1])
        && !BackupEnds.Any(e => name.EndsWith(e, StringComparison.Ordinal));

    /// <summary>The next one after the last that ran, as the directory is now: 00overlay may have brought new ones.</summary>
    /// <param name="names">All names, one byte per char.</param>
    /// <param name="last">Null before the first.</param>
    public static string? Next(IEnumerable<string> names, string? last) =>
        names.Where(n => IsScript(n) && (last is null || string.CompareOrdinal(n, last) > 0)).Min(StringComparer.Ordinal);
}
