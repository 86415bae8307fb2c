namespace Allie.Boot;

/// <summary>
/// An entry file of the Boot Loader Specification, type 1. Its name has no try counter: a `default` in loader.conf that matches would boot a bad
/// one again and again (systemd-boot 252); the one-shot variable is independent of that.
/// </summary>
public static class BlsEntry
{
    public static string FileName(string slot) => BootEntry.IdOf(slot) + ".conf";

    /// <param name="entry">Kernel and initrd are paths on the boot partition here.</param>
    public static string Format(BootEntry entry) =>
        $"""
        # made by allie; do not edit
        title {entry.Title}
        sort-key allie
        linux {entry.Kernel}
        initrd {entry.Initrd}
        options {entry.Line}

        """;
}
