using System.Globalization;
using Allie.Boot.Switching;

namespace Allie.Linux.Boot.Switching;

/// <summary>Who is at the PC: sessions of logind, and utmp where there is none.</summary>
public static class LoggedIn
{
    /// <summary>"ann (seat0)", sorted; empty when nobody is.</summary>
    public static IReadOnlyList<string> Look(string systemRoot = "/") =>
        [.. Sessions(Path.Combine(systemRoot, "run/systemd/sessions")).Concat(Logins(systemRoot)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>One file a session, KEY=value (sd-login); a greeter and a closing session are nobody.</summary>
    private static IEnumerable<string> Sessions(string directory)
    {
        foreach (var file in Directory.Exists(directory) ? Directory.EnumerateFiles(directory) : [])
        {
            var values = File.ReadLines(file).Select(l => l.Split('=', 2)).Where(p => p.Length == 2).ToLookup(p => p[0], p => p[1]);
            if (values["CLASS"].FirstOrDefault() is "user" && values["STATE"].FirstOrDefault() is not "closing")
            {
                yield return $"{values["USER"].FirstOrDefault() ?? "somebody"} ({values["TTY"].Concat(values["SEAT"]).FirstOrDefault() ?? values["REMOTE_HOST"].FirstOrDefault() ?? "a session"})";
            }
        }
    }

    private static IEnumerable<string> Logins(string systemRoot) =>
        new[] { "run/utmp", "var/run/utmp" }.Select(f => Path.Combine(systemRoot, f)).FirstOrDefault(File.Exists) is { } file
            ? Utmp.Parse(File.ReadAllBytes(file)).Where(l => Directory.Exists(Path.Combine(systemRoot, "proc", l.Process.ToString(CultureInfo.InvariantCulture)))).Select(l => $"{l.User} ({l.Line})")
            : [];
}
