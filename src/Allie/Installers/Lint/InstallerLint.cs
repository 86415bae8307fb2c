namespace Allie.Installers.Lint;

/// <summary>Our own rules for a file of any of the three kinds.</summary>
public static class InstallerLint
{
    /// <param name="release">Of a kickstart file; null: unknown.</param>
    public static IReadOnlyList<InstallerFinding> Check(InstallerFileKind kind, string text, InstallerRelease? release = null) =>
        [.. (kind switch
        {
            InstallerFileKind.Kickstart => KickstartLint.Check(text, release),
            InstallerFileKind.Preseed => PreseedLint.Check(text),
            _ => AutoinstallLint.Check(text),
        }).OrderBy(f => f.Line)];
}
