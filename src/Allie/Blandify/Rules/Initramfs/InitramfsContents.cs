namespace Allie.Blandify.Rules.Initramfs;

/// <summary>What is in an initramfs: its names, and the texts that say how it was built.</summary>
/// <param name="Entries">Path (one byte per char, without a leading slash) to text; the text is null where it was not asked for.</param>
/// <param name="NotRead">Why it could not be looked into; null when it was.</param>
public sealed record InitramfsContents(IReadOnlyDictionary<string, string?> Entries, string? NotRead = null)
{
    public static InitramfsContents Unread(string why) => new(new Dictionary<string, string?>(), why);

    /// <summary>Only these are small and tell something; all others need no content.</summary>
    public static bool IsWanted(string path) =>
        path is "etc/crypttab" or "cryptroot/crypttab" or "conf/initramfs.conf" or "lib/dracut/build-parameter.txt" or "usr/lib/dracut/build-parameter.txt"
        || path.EndsWith("lib/dracut/hostonly-files", StringComparison.Ordinal)
        || path.StartsWith("etc/cmdline.d/", StringComparison.Ordinal) || path.StartsWith("conf/conf.d/", StringComparison.Ordinal)
        || path.EndsWith("/modules.builtin", StringComparison.Ordinal);
}
