namespace Allie.Boot;

/// <summary>The menu entry of one slot. Kernel and initrd are absolute paths in the slot's file system.</summary>
public sealed record GrubEntry(string Slot, string Title, string FsUuid, string Kernel, string Initrd, string Arguments)
{
    public string Id => IdOf(Slot);

    public static string IdOf(string slot) => "allie-" + slot;

    public static string TitleOf(string image, int generation, string slot) => $"{image} generation {generation} (slot {slot})";

    /// <summary>--unrestricted: with a menu password set, an entry without it stops at the prompt.</summary>
    public string Format() =>
        $$"""
        menuentry {{Quoted(Title)}} --unrestricted --id {{GrubText.Word(Id)}} {
          search --no-floppy --fs-uuid --set=root {{FsUuid}}
          linux {{GrubText.Word(Kernel)}} {{Arguments}}
          initrd {{GrubText.Word(Initrd)}}
        }

        """;

    private static string Quoted(string title) => GrubText.Word(title) is var word && word.StartsWith('\'') ? word : $"'{word}'";
}
