namespace Allie.Installers.Lint;

/// <summary>Our own rules for a file of any of the three kinds.</summary>
public static class InstallerLint
{
    public static IReadOnlyList<InstallerFinding> Check(InstallerFileKind kind, string text) =>
        [.. (kind switch
        {
            InstallerFileKind.Kickstart => KickstartLint.Check(text),
            InstallerFileKind.Preseed => PreseedLint.Check(text),
            _ => AutoinstallLint.Check(text),
        }).OrderBy(f => f.Line)];
}
