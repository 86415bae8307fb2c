namespace Allie.Boot.Grub;

/// <summary>A slot's menu entry in GRUB's script language.</summary>
public static class GrubEntry
{
    /// <summary>
    /// --unrestricted: with a menu password set, an entry without it stops at the prompt. allie.prefix: GRUB tells its own directory, which
    /// shows in /proc/cmdline where it really started from.
    /// </summary>
    public static string Format(BootEntry entry) =>
        $$"""
        menuentry {{Quoted(entry.Title)}} --unrestricted --id {{GrubText.Word(entry.Id)}} {
          search --no-floppy --fs-uuid --set=root {{entry.FsUuid}}
          linux {{GrubText.Word(entry.Kernel)}} {{string.Join(' ', entry.Arguments.Select(GrubText.Word))}} allie.prefix=$prefix
          initrd {{GrubText.Word(entry.Initrd)}}
        }

        """;

    private static string Quoted(string title) => GrubText.Word(title) is var word && word.StartsWith('\'') ? word : $"'{word}'";
}
