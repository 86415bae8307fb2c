using Allie.Boot;
using Allie.Boot.Grub;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>
/// The entry in GRUB's menu that boots an installer's kernel with no stick. All of it lies in GRUB's own directory, so $prefix finds it
/// wherever that is; custom.cfg gets one marked line beside that of the slots' entries.
/// </summary>
public static class InstallerMenu
{
    /// <summary>Beside grub.cfg.</summary>
    public const string Directory = "allie-installer";

    public const string Id = "allie-installer";

    /// <summary>Below <see cref="Directory"/>.</summary>
    public const string EntryFile = "entry.cfg";

    public static readonly MarkedBlock Block =
        new($"if [ -s $prefix/{Directory}/{EntryFile} ]; then source $prefix/{Directory}/{EntryFile}; fi");

    /// <param name="arguments">Plain, or quoted as bootline prints them for GRUB.</param>
    /// <exception cref="UserError">Exit 2: what cannot stand in one line of a menu.</exception>
    public static string Entry(string title, string arguments)
    {
        if ((title + arguments).Any(c => char.IsControl(c) || c > '~'))
        {
            throw UserError.Refused("the kernel line or the title has a character that cannot stand in a GRUB menu", "plain ASCII in one line");
        }

        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Length > 2 && w[0] == '\'' && w[^1] == '\'' ? w[1..^1] : w);
        return $$"""
            menuentry {{GrubText.Word(title)}} --id {{Id}} {
              linux $prefix/{{Directory}}/linux {{string.Join(' ', words.Select(GrubText.Word))}}
              initrd $prefix/{{Directory}}/initrd
            }

            """.Replace("\r", "");
    }
}
