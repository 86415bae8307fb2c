using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers.Bootstrap;

/// <summary>The call of mmdebstrap(1) for a request.</summary>
public static partial class MmdebstrapCall
{
    /// <summary>The variable that brings the fstab line to the hook: data is never put into a shell command.</summary>
    public const string FstabVariable = "ALLIE_FSTAB";

    /// <summary>
    /// Before the kernel's package makes its initramfs: drivers for every PC, no resume from the swap of the machine that builds (it would be
    /// found by itself), and the root line, from which the file-system checker is chosen.
    /// </summary>
    private const string BeforeKernel =
        """mkdir -p "$1/etc/initramfs-tools/conf.d" && printf 'MODULES=most\nRESUME=none\n' >"$1/etc/initramfs-tools/conf.d/allie" && printf '%s\n' "$ALLIE_FSTAB" >"$1/etc/fstab" """;

    /// <summary>mmdebstrap copies these from the machine it runs on; they are not the image's.</summary>
    private const string NotOurs = """rm -f "$1/etc/resolv.conf" "$1/etc/hostname" """;

    /// <param name="target">A directory that is empty but for lost+found.</param>
    public static IReadOnlyList<string> Arguments(BootstrapRequest request, string target) =>
    [
        "--mode=root", "--variant=" + Word(request.Variant, "variant"), "--include=" + string.Join(',', request.Packages),
        "--aptopt=Acquire::Languages \"none\"", "--essential-hook=" + BeforeKernel.TrimEnd(), "--customize-hook=" + NotOurs.TrimEnd(),
        Word(request.Suite, "suite"), target, .. request.Sources,
    ];

    /// <summary>Nothing is fetched but the lists of packages, which stay in the target; apt says what it would install.</summary>
    public static IReadOnlyList<string> Simulation(BootstrapRequest request, string target) => ["--simulate", "--verbose", "--skip=cleanup/apt", .. Arguments(request, target)];

    /// <summary>"I: extracting archives..." is a stage worth telling; what it thinks about its surroundings is not.</summary>
    public static string? Stage(string line) =>
        line.StartsWith("I: ", StringComparison.Ordinal) && line[3..].Split(' ')[0] is var first && first.EndsWith("ing", StringComparison.Ordinal) && first != "finding" && !line.Contains(" --")
            ? line[3..].TrimEnd('.')
            : null;

    internal static string Word(string text, string what) =>
        Form().IsMatch(text) ? text : throw UserError.Refused($"'{text}' is no {what}", what == "suite" ? "trixie, bookworm, noble, ..." : "minbase, apt, required, standard, ...");

    [GeneratedRegex("^[a-z][a-z0-9.-]*$")]
    private static partial Regex Form();
}
