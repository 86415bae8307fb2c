using System.Globalization;

namespace Allie.Images;

/// <summary>.work/.rename: a rename under way, and the times that belong to the generation whose stamp is being changed, so that a killed run can be ended.</summary>
public sealed record RenameNote(string Old, string New, RestampTimes? Times = null)
{
    public static RenameNote Parse(string text)
    {
        var lines = text.Split('\n');
        var names = lines[0].Split(' ');
        return new(names[0], names[1], lines.Length > 1 && lines[1].Split(' ') is [var generation, var etc, var own, var written]
            ? new(int.Parse(generation, CultureInfo.InvariantCulture), long.Parse(etc, CultureInfo.InvariantCulture), long.Parse(own, CultureInfo.InvariantCulture), long.Parse(written, CultureInfo.InvariantCulture))
            : null);
    }

    public string Format() => $"{Old} {New}\n" + (Times is { } t ? string.Create(CultureInfo.InvariantCulture, $"{t.Generation} {t.Etc} {t.Own} {t.Written}\n") : "");
}

/// <summary>Times in nanoseconds: of the two directories in which files change, as published, and of the files that are written.</summary>
public sealed record RestampTimes(int Generation, long Etc, long Own, long Written);
