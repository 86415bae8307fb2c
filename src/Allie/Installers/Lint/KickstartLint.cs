namespace Allie.Installers.Lint;

/// <summary>What ksvalidator accepts and what yet destroys a PC or stops the installer (docs/new-image.md).</summary>
public static class KickstartLint
{
    /// <param name="release">Null: unknown, and the newest is meant.</param>
    public static IReadOnlyList<InstallerFinding> Check(string text, InstallerRelease? release = null)
    {
        var file = KickstartFile.Read(text);
        var scripts = file.Scripts.Where(s => s.IsShell).Select(s => (s.Line, Commands: ShellScript.Read(s.Text), s.IsBefore)).ToList();
        var included = file.Main.Select(l => KickstartLine.Split(l.Text)).Where(l => l is { Name: "%include" }).SelectMany(l => l!.Plain).Distinct();
        var written = included.SelectMany(path => scripts.Where(s => s.IsBefore).SelectMany(s => KickstartPieces.Of(s.Commands, path).Select(p => (path, Line: s.Line + p.Line, p.Text)))).ToList();
        var read = written.Select(p => p.path).Append(KickstartScripts.StorageFile).ToHashSet();
        var seen = file.Main.Select(l => l.Text.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries)[0]).ToHashSet();
        return
        [
            .. file.Faults,
            .. file.Main.SelectMany(l => Directive(l.Text, release, read).Select(f => f with { Line = l.Line })),
            .. written.Select(p => (p.Line, p.Text)).Distinct().SelectMany(p => Written(p.Text, release, read).Select(f => f with { Line = p.Line })),
            .. file.Scripts.Where(s => !s.IsShell).Select(s => new InstallerFinding(s.Line, "not-read", $"a script for {s.Interpreter} was not looked at", "see to it that it writes to no disk", IsError: false)),
            .. scripts.SelectMany(s => ScriptLint.Check(s.Commands, s.Line + 1)),
            .. Whole(seen),
        ];
    }

    private static IEnumerable<InstallerFinding> Directive(string text, InstallerRelease? release, IReadOnlySet<string> read) =>
        KickstartLine.Split(text) is not { } line
            ? [new(0, "open-quote", "a quote stays open, or the line ends in a backslash: a directive is one line", "close the quote; all of the directive on this line")]
            : KickstartDirectives.Check(line, release, read).Concat(KickstartNames.Check(line.Name, KickstartFile.Sections.Append("%end"), release) is { } name ? [name] : []);

    /// <summary>What a script writes into a file that is included: a piece of a line where the shell puts something in, so only what is certain is told.</summary>
    private static IEnumerable<InstallerFinding> Written(string text, InstallerRelease? release, IReadOnlySet<string> read) =>
        KickstartLine.Split(text) is { Words.Count: > 0 } line ? KickstartDirectives.Check(line, release, read).Where(f => f.Rule != "clear-password" || !text.Contains('$')) : [];

    private static IEnumerable<InstallerFinding> Whole(HashSet<string> seen)
    {
        if (!seen.Contains("bootloader"))
        {
            yield return new(0, "no-bootloader-line", "without a bootloader line the installer writes one over the PC's own", "bootloader --location=none --leavebootorder");
        }

        if (!seen.Overlaps(["%include", "part", "partition", "mount"]))
        {
            yield return new(0, "no-target", "no part and no %include: the installer would ask, or choose by itself", "see: allie installer kickstart");
        }
    }
}
