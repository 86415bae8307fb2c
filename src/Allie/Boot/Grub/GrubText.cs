using System.Text.RegularExpressions;

namespace Allie.Boot.Grub;

/// <summary>Quoting for GRUB's script language (GRUB manual, "Shell-like scripting"): as in a shell, a text between ' and ' is itself.</summary>
public static partial class GrubText
{
    /// <summary>The word itself where it is plain, else quoted.</summary>
    public static string Word(string text) => Plain().IsMatch(text) ? text : "'" + text.Replace("'", "'\\''") + "'";

    [GeneratedRegex(@"^[A-Za-z0-9_./:=,@%+~^-]+$")]
    private static partial Regex Plain();
}
