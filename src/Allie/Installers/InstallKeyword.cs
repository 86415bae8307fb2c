using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>A word on the installer's kernel line that the scripts of the file look for, "vanilla" before all.</summary>
public static partial class InstallKeyword
{
    /// <summary>The image is a model distribution: nothing of the site is done to it.</summary>
    public const string Vanilla = "vanilla";

    /// <summary>The shell function that the scripts ask: a whole word, for http://server/vanilla.ks or no-vanilla is none.</summary>
    public const string Function = """keyword() { grep -qE "(^| )$1"'( |$)' /proc/cmdline; }""";

    /// <exception cref="UserError">Exit 2.</exception>
    public static string Check(string word) =>
        Form().IsMatch(word)
            ? word
            : throw UserError.Refused($"'{word}' cannot be a keyword", "one word of a-z 0-9 _ - as it stands on the kernel line");

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,31}$")]
    private static partial Regex Form();
}
