using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>
/// Which URLs an installer takes. None with a user and password in it: they would stand in a file that is served, or on a kernel line that everybody
/// on the PC can read.
/// </summary>
public static partial class InstallerUrl
{
    /// <summary>An installation tree, as the directive of a kickstart file: url takes http, https, ftp and file, and nfs is one of its own.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    public static string Tree(string url) =>
        Nfs().Match(url) is { Success: true } nfs ? $"nfs --server={nfs.Groups["host"].Value} --dir={nfs.Groups["path"].Value}{(nfs.Groups["options"].Value is { Length: > 0 } options ? " --opts=" + options : "")}"
        : Is(url, "http", "https", "ftp") || File().IsMatch(url) ? "url --url=" + url
        : throw UserError.Refused(
            $"'{url}' is no installation tree that a kickstart file can name",
            "http://HOST/fedora/releases/42/Everything/x86_64/os/ (also https, ftp, file:///DIR, nfs:HOST:/DIR); without --url the medium that was booted");

    /// <summary>Where a kickstart file lies: what inst.ks= takes.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    public static string KickstartFile(string url) =>
        Is(url, "http", "https", "ftp") || Nfs().IsMatch(url) || OnDisk().IsMatch(url) || OnDisc().IsMatch(url)
            ? url
            : throw UserError.Refused($"'{url}' is no URL that inst.ks= takes", "http://SERVER/f42.ks (also https, ftp), nfs:SERVER:/f42.ks, hd:LABEL=STICK:/f42.ks or cdrom:/f42.ks");

    /// <exception cref="UserError">Exit 2.</exception>
    public static string Http(string url, string kind) =>
        Is(url, "http", "https") ? url : throw UserError.Refused($"'{url}' is no URL for {kind}", "http://SERVER/PATH; without a network: allie installer usb");

    /// <summary>cloud-init asks for user-data and meta-data in it.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    public static string Directory(string url) =>
        url.Contains('?') ? throw UserError.Refused($"'{url}' is no directory, in which user-data and meta-data would lie", "http://SERVER/PATH/") : Http(url, "autoinstall").TrimEnd('/') + "/";

    private static bool Is(string url, params string[] schemes) =>
        Plain().IsMatch(url) && Uri.TryCreate(url, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme)
        && url.StartsWith(uri.Scheme + "://", StringComparison.Ordinal) && uri.Host.Length > 0 && uri.UserInfo.Length == 0;

    /// <summary>No blank, quote, # or \: it is one word of a kickstart file and of a kernel line. $releasever and $basearch are the installer's.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9:/?&=%@._~+,;$*!()\[\]-]+$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^file://(/[A-Za-z0-9%@._~+,$-]+)+/?$")]
    private static partial Regex File();

    [GeneratedRegex(@"^nfs:((?<options>[a-z0-9=,.]+):)?(?<host>[A-Za-z0-9.-]+|\[[0-9a-f:]+\]):(?<path>/[A-Za-z0-9%@._~+,/-]+)$")]
    private static partial Regex Nfs();

    [GeneratedRegex(@"^hd:((UUID|LABEL)=[A-Za-z0-9._~+@\\-]+|(/dev/)?[a-z][a-z0-9/-]*):/[A-Za-z0-9@._~+,/-]+$")]
    private static partial Regex OnDisk();

    [GeneratedRegex("^cdrom:(/dev/[a-z0-9]+:)?/[A-Za-z0-9@._~+,/-]+$")]
    private static partial Regex OnDisc();
}
