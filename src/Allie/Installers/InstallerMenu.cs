using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>
/// The block in GRUB's custom.cfg that boots an installer's kernel with no stick. Kernel and initrd lie in GRUB's own directory, so $prefix
/// finds them wherever that is. The block stands beside the one of the slots' entries and touches nothing outside its two marks.
/// </summary>
public static partial class InstallerMenu
{
    /// <summary>Beside grub.cfg.</summary>
    public const string Directory = "allie-installer";

    public const string Id = "allie-installer";

    private const string Begin = "# allie installer begin";
    private const string End = "# allie installer end";

    /// <exception cref="UserError">Exit 2: a word that GRUB would read as more than a word.</exception>
    public static string Block(string title, string arguments)
    {
        if (!Plain().IsMatch(title) || arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(w => !Word().IsMatch(w)) is not null)
        {
            throw UserError.Refused("a word of the kernel line or the title cannot stand in a GRUB menu", "letters, digits and _ . / : = , @ % + ~ ^ - ; ; (quoted by us)");
        }

        var words = string.Join(' ', arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Contains(';') || w.Contains('*') ? $"'{w}'" : w));
        return $$"""
            {{Begin}}
            menuentry '{{title}}' --id {{Id}} {
              linux $prefix/{{Directory}}/linux {{words}}
              initrd $prefix/{{Directory}}/initrd
            }
            {{End}}

            """.Replace("\r", "");
    }

    public static string Add(string? text, string block) => Remove(text) is { Length: > 0 } rest ? (rest.EndsWith('\n') ? rest : rest + "\n") + block : block;

    /// <summary>Null stays null. A file that held nothing but our block comes back empty.</summary>
    public static string? Remove(string? text)
    {
        var begin = text is null ? -1 : ("\n" + text).IndexOf("\n" + Begin + "\n", StringComparison.Ordinal);
        var end = begin < 0 ? -1 : text!.IndexOf(End + "\n", begin, StringComparison.Ordinal);
        return end < 0 ? text : text!.Remove(begin, end + End.Length + 1 - begin);
    }

    [GeneratedRegex(@"^[A-Za-z0-9 ._()-]{1,60}$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[A-Za-z0-9_./:=,@%+~^;*-]+$")]
    private static partial Regex Word();
}
