using Allie.Errors;

namespace Allie.Fleet;

/// <summary>
/// The server's authorized_keys for PCs (sshd(8)): a key opens one rsync daemon for one connection, with a configuration that has this PC's
/// modules alone, and nothing else: "restrict" is no terminal, no forwarding, no rc file, also of what sshd learns later.
/// </summary>
public static class AuthorizedKeys
{
    /// <summary>Bytes. A PC writes its report and nothing else; one that is not honest is not to fill the disk.</summary>
    public const int LargestFile = 1 << 20;

    private const string Head = "# Written by: allie server conf, from the keys of the enrolled PCs. Do not change it here.\n";

    /// <param name="keys">By name of the PC.</param>
    /// <param name="overlays">The directory of all overlays.</param>
    /// <param name="topOf">The directory of a PC's own, where overlays are mounted for the one connection, in a mount namespace that ends with it.</param>
    /// <param name="confOf">The configuration of a PC's modules.</param>
    /// <exception cref="UserError">Exit 2: a path that the line would say otherwise.</exception>
    public static string Format(IEnumerable<KeyValuePair<string, PublicKey>> keys, string overlays, Func<string, string> topOf, Func<string, string> confOf) =>
        Head + string.Concat(keys.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => Line(k.Key, k.Value, Plain(overlays), Plain(topOf(k.Key)), Plain(confOf(k.Key)))));

    private static string Line(string pc, PublicKey key, string overlays, string top, string conf) =>
        $"restrict,command=\"exec unshare -m sh -c 'mount --rbind {overlays} {top}{SshFiles.MountPoint} && exec prlimit --fsize={LargestFile}:{LargestFile} rsync --server --daemon --config={conf} .'\" {key} {pc}\n";

    private static string Plain(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or ',' or '=')
            ? path
            : throw UserError.Refused($"'{path}' cannot stand in authorized_keys", "choose a store whose path has letters, digits and / . - _ + , = only");
}
