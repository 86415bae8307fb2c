namespace Allie.Installers.Lint;

/// <summary>
/// What ksvalidator accepts and what yet destroys a PC or stops the installer (docs/new-image.md). Sections but %pre's own text are not shell to
/// us: only directives of the main part are looked at.
/// </summary>
public static class KickstartLint
{
    private static readonly string[] Sections = ["%packages", "%pre", "%pre-install", "%post", "%addon", "%onerror", "%traceback", "%anaconda", "%certificate"];

    /// <param name="release">Null: unknown, and the newest is meant.</param>
    public static IReadOnlyList<InstallerFinding> Check(string text, InstallerRelease? release = null)
    {
        var found = new List<InstallerFinding>();
        var (section, opened, seen) = ("", 0, new HashSet<string>());
        var lines = text.Replace("\r", "").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var first = lines[i].Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "#";
            if (first[0] == '#')
            {
                continue;
            }

            if (first == "%end")
            {
                if (section.Length == 0)
                {
                    found.Add(new(i + 1, "stray-end", "%end closes nothing here, and the installer stops", "take it out, or put the line that opens the section back"));
                }

                section = "";
            }
            else if (Sections.Contains(first))
            {
                // The installer takes it so within a script too, also where it is meant as text.
                NoEnd(section, opened);
                (section, opened) = (first, i + 1);
                if (section == "%pre" && !lines[i].Split([' ', '\t']).Contains("--erroronfail"))
                {
                    found.Add(new(i + 1, "pre-goes-on", "a %pre that fails does not stop the installer", "%pre --erroronfail"));
                }
            }
            else if (section.Length == 0)
            {
                seen.Add(first);
                found.AddRange(Directive(lines[i], release).Select(f => f with { Line = i + 1 }));
            }
        }

        NoEnd(section, opened);
        found.AddRange(Whole(seen));
        return found;

        void NoEnd(string open, int line)
        {
            if (open.Length > 0)
            {
                found.Add(new(line, "no-end", $"{open} has no %end", "close it with a line %end"));
            }
        }
    }

    private static IEnumerable<InstallerFinding> Directive(string text, InstallerRelease? release) =>
        KickstartLine.Split(text) is not { } line
            ? [new(0, "open-quote", "a quote stays open, or the line ends in a backslash: a directive is one line", "close the quote; all of the directive on this line")]
            : KickstartDirectives.Check(line, release).Concat(KickstartNames.Check(line.Name, Sections.Append("%end"), release) is { } name ? [name] : []);

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
