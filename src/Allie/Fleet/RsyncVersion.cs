using System.Globalization;

namespace Allie.Fleet;

/// <summary>What "rsync --version" says, against what we need and advise.</summary>
public static class RsyncVersion
{
    public static readonly Version Needed = new(3, 2, 7);
    public static readonly Version Advised = new(3, 5, 0);

    /// <summary>"rsync  version 3.2.7  protocol version 31"; null when it is not understood.</summary>
    public static Version? Parse(string said)
    {
        var words = said.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, "version");
        var text = at >= 0 && at + 1 < words.Length ? new string([.. words[at + 1].TrimStart('v').TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]) : "";
        return Version.TryParse(text, out var version) ? version : null;
    }

    public static IEnumerable<CheckFinding> Look(string said)
    {
        var version = Parse(said);
        var shown = version?.ToString() ?? string.Create(CultureInfo.InvariantCulture, $"of unknown version ({said.Split('\n')[0]})");
        if (version is null || version < Needed)
        {
            yield return new("rsync", $"rsync here is {shown}", $"ours was tried with {Needed} and newer; older ones have known holes", "install a newer rsync");
        }
        else if (version < Advised)
        {
            yield return new("rsync", $"rsync here is {shown}", $"{Advised} closes 33 holes (2026-08); a distribution may have patched its older one", "look at your distribution's changelog of rsync", IsAdvice: true);
        }
    }
}
