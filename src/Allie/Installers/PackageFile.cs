using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>
/// The file of --packages: one or more a line, # begins a comment. What it says goes into another file or a command line as it stands, so a line that
/// would be read as something else there (%end, a colon of YAML, an option) is refused.
/// </summary>
public static partial class PackageFile
{
    /// <summary>For %packages: names, globs, groups and environments by id or name, each also with - before it.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    public static IReadOnlyList<string> Kickstart(string text, string file) =>
        Lines(text, file, l => l.TrimStart('-').StartsWith('@') ? [l] : Words(l), Rpm(), "vim, vim*, @core, @^minimal-environment, or with a - before it to leave it out; # begins a comment");

    /// <summary>For Debian's installer (pkgsel 0.85) and Ubuntu's: both hand them to apt-get install.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    public static IReadOnlyList<string> Debian(string text, string file) =>
        Read(text, file, Apt(), "vim, vim=VERSION, vim/SUITE, or a task ssh-server^; # begins a comment");

    /// <summary>Plain words, each of the form.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    internal static IReadOnlyList<string> Read(string text, string file, Regex form, string hint) => Lines(text, file, Words, form, hint);

    internal static string[] Words(string line) => line.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);

    private static IReadOnlyList<string> Lines(string text, string file, Func<string, string[]> split, Regex form, string hint)
    {
        var all = new List<string>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var found = split(lines[i].Split('#')[0].Trim());
            if (found.FirstOrDefault(f => !form.IsMatch(f)) is { } wrong)
            {
                throw UserError.Refused($"{file}: line {i + 1}: '{wrong}' is no package that it can name", hint);
            }

            all.AddRange(found);
        }

        return all.Count > 0 ? [.. all.Distinct()] : throw UserError.Refused($"{file} names no package", hint);
    }

    /// <summary>A group may be said by its name, which has blanks, and ends with options of its own; @module:stream/profile is EL8's.</summary>
    [GeneratedRegex(@"^-?(@ ?\^?[A-Za-z0-9][A-Za-z0-9 ._+:/()&-]*( --(nodefaults|optional))?|[A-Za-z0-9_*?\[][A-Za-z0-9+._~^*?\[\]-]*)$")]
    private static partial Regex Rpm();

    /// <summary>Debian policy 5.6.1, and what apt-get takes behind a name.</summary>
    [GeneratedRegex(@"^[a-z0-9][a-z0-9+.-]*(\^|(:[a-z0-9-]+)?([=/][A-Za-z0-9.+:~-]+)?)$")]
    private static partial Regex Apt();
}
