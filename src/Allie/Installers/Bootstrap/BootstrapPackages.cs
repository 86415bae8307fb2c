using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers.Bootstrap;

/// <summary>Which packages make a tree an image: it boots, is reached by ssh, and can be maintained by rsync and cron.</summary>
public static partial class BootstrapPackages
{
    private static readonly string[] Base =
    [
        "systemd", "systemd-sysv", "udev", "dbus", "kmod", "iproute2", "iputils-ping", "openssh-server", "rsync", "cron",
        "initramfs-tools", "e2fsprogs", "util-linux", "procps", "ca-certificates", "zstd",
    ];

    public static readonly IReadOnlySet<string> Ubuntu = new HashSet<string> { "focal", "jammy", "noble", "oracular", "plucky", "questing" };

    /// <param name="listed">From --packages: these instead of ours; null for ours.</param>
    /// <param name="kernel">From --kernel: a package, "none", or null for the distribution's usual one (none with a list of one's own).</param>
    /// <param name="included">From --include, with commas: these as well.</param>
    /// <exception cref="UserError">Exit 2: something is no package name.</exception>
    public static IReadOnlyList<string> For(string suite, string architecture, IReadOnlyList<string>? listed, string? kernel, string included) =>
        Debian(listed ?? Base, kernel ?? (listed is null ? UsualKernel(suite, architecture) : "none"), included);

    /// <summary>For a release of the rpm families; none of these names depends on it.</summary>
    public static IReadOnlyList<string> ForRpm(IReadOnlyList<string>? listed, string? kernel, string included) =>
        Checked(listed ?? DnfCall.Packages.Where(p => kernel is null || p != "kernel"), kernel ?? "none", included, RpmName());

    /// <summary>Names that apt takes; "none" stands for no kernel.</summary>
    public static IReadOnlyList<string> Debian(IEnumerable<string> packages, string kernel, string included) => Checked(packages, kernel, included, DebianName());

    /// <summary>The file of --packages.</summary>
    /// <exception cref="UserError">Exit 2: its line is told.</exception>
    public static IReadOnlyList<string> Listed(string text, string file, bool rpm) => rpm
        ? PackageFile.Read(text, file, RpmName(), "vim, or vim-VERSION.ARCHITECTURE; no groups, globs or URLs; # begins a comment")
        : PackageFile.Read(text, file, DebianName(), "vim, vim:i386, vim=VERSION or vim/SUITE; # begins a comment");

    private static IReadOnlyList<string> Checked(IEnumerable<string> packages, string kernel, string included, Regex form)
    {
        var all = packages.Concat(PackageFile.Words(included)).Append(kernel).Where(p => p != "none").Distinct().ToList();
        return all.FirstOrDefault(p => !form.IsMatch(p)) is { } wrong
            ? throw UserError.Refused($"'{wrong}' is no package name", "--include takes names with commas, --kernel one name or none")
            : all;
    }

    public static bool IsUbuntu(string suite) => Ubuntu.Contains(suite);

    private static string UsualKernel(string suite, string architecture) => IsUbuntu(suite) ? "linux-image-generic" : "linux-image-" + architecture;

    /// <summary>Debian policy 5.6.1, with an architecture or a version as apt takes them; and apt's ?patterns are refused.</summary>
    [GeneratedRegex("^[a-z0-9][a-z0-9+.-]*(:[a-z0-9]+)?([=/][A-Za-z0-9.+:~-]+)?$")]
    private static partial Regex DebianName();

    /// <summary>A name, or name-version.architecture; no group, glob, file or URL, which dnf would take too.</summary>
    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9+._~^-]*$")]
    private static partial Regex RpmName();
}
