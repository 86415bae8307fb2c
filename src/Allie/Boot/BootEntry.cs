namespace Allie.Boot;

/// <summary>What starts one slot, whatever the boot method. Kernel and initrd are absolute paths in the slot's file system.</summary>
/// <param name="Arguments">The kernel line, word by word, as the kernel is to see it: each method quotes it in its own way.</param>
public sealed record BootEntry(string Slot, string Title, string FsUuid, string Kernel, string Initrd, IReadOnlyList<string> Arguments)
{
    private const string Prefix = "allie-";

    public string Id => IdOf(Slot);

    /// <summary>The kernel line for methods that know no quoting.</summary>
    public string Line => string.Join(' ', Arguments);

    public static string IdOf(string slot) => Prefix + slot;

    /// <summary>"b" for "allie-b"; null for what is no id of ours.</summary>
    public static string? SlotOf(string id) => id.StartsWith(Prefix, StringComparison.Ordinal) && id.Length > Prefix.Length ? id[Prefix.Length..] : null;

    public static string TitleOf(string image, int generation, string slot) => $"{image} generation {generation} (slot {slot})";
}
