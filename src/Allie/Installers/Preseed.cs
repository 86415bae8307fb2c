using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>A complete preseed file for the Debian installer that uses one existing slot. For bare PCs; a running one takes bootstrap.</summary>
/// <param name="Suite">bookworm, trixie, ...</param>
/// <param name="Mirror">http://HOST/debian</param>
public sealed partial record Preseed(string Suite, InstallTarget Target, IReadOnlyList<string> Keywords, Uri Mirror, RootAccess Access, IReadOnlyList<string> Packages)
{
    public static readonly IReadOnlyList<string> UsualPackages = ["openssh-server", "rsync", "cron"];

    public static readonly IReadOnlyList<string> Suites = ["bullseye", "bookworm", "trixie", "forky", "sid"];

    /// <summary>Fits no password. For "!" user-setup asks for one, and the installation stands still.</summary>
    private const string NoPassword = "*";

    /// <exception cref="UserError">Exit 2, with what to use instead.</exception>
    public static Preseed Make(string release, InstallTarget target, IReadOnlyList<string> keywords, string mirror, RootAccess access, IReadOnlyList<string> packages)
    {
        var suite = SuiteName.Of(release);
        if (!Suites.Contains(suite))
        {
            throw UserError.Refused($"no preseed file can be made for '{release}'", $"Debian's {string.Join(", ", Suites)}; Ubuntu from 20.04 on reads no preseed: allie installer bootstrap, or autoinstall");
        }

        if (!Uri.TryCreate(mirror, UriKind.Absolute, out var url) || url.Scheme != "http" || !Host().IsMatch(url.Host) || (url.UserInfo + url.Query + url.Fragment).Length > 0 || !Directory().IsMatch(url.AbsolutePath))
        {
            throw UserError.Refused($"'{mirror}' is no mirror that the installer can use", "write it as http://HOST/debian (the installer's own choice of https is not preseeded)");
        }

        return new(suite, target, keywords, url, access, packages);
    }

    public string Format() =>
        $"""
        # Debian {Suite} onto the one slot {Target}; written by: allie installer preseed
        # On a PC that runs, take: allie installer bootstrap --suite {Suite} (no installer, no restart).
        d-i debconf/priority select critical
        d-i debian-installer/locale string en_US.UTF-8
        d-i keyboard-configuration/xkb-keymap select us
        d-i netcfg/choose_interface select auto
        d-i netcfg/get_hostname string golden
        d-i netcfg/get_domain string unassigned-domain
        d-i mirror/country string manual
        d-i mirror/http/hostname string {Mirror.Authority}
        d-i mirror/http/directory string {MirrorDirectory}
        d-i mirror/http/proxy string
        d-i mirror/suite string {Suite}
        d-i clock-setup/utc boolean true
        d-i time/zone string Etc/UTC
        d-i passwd/root-login boolean true
        d-i passwd/root-password-crypted password {Access.PasswordHash ?? NoPassword}
        d-i passwd/make-user boolean false
        # One partition: the script below names it. No question asks for another one.
        d-i partman/early_command string \
        {Joined(PreseedScript.Lines(Target))}
        d-i partman/mount_style select uuid
        d-i partman/choose_partition select finish
        d-i partman/confirm boolean true
        d-i partman/confirm_nooverwrite boolean true
        d-i partman-basicfilesystems/no_swap boolean false
        d-i partman-efi/non_efi_system boolean true
        d-i partman-efi/no_efi boolean false
        # An initramfs for any PC.
        d-i base-installer/initramfs-tools/driver-policy select most
        d-i apt-setup/cdrom/set-first boolean false
        tasksel tasksel/first multiselect
        d-i pkgsel/include string {string.Join(' ', Packages)}
        popularity-contest popularity-contest/participate boolean false
        # No boot loader: the PC keeps the one it has.
        d-i grub-installer/skip boolean true
        d-i systemd-boot-installer/skip boolean true
        d-i lilo-installer/skip boolean true
        d-i nobootloader/confirmation_common note
        d-i preseed/late_command string \
        {Joined(Late())}
        d-i finish-install/reboot_in_progress note
        d-i cdrom-detect/eject boolean true

        """.Replace("\r", "");

    /// <summary>choose-mirror takes off a / at the end, and asks again when there is nothing at all.</summary>
    private string MirrorDirectory => Mirror.AbsolutePath.TrimEnd('/') is { Length: > 0 } directory ? directory : "/";

    private string Late()
    {
        var key = Access.SshKey is { } line ? $"mkdir -p -m 700 /target/root/.ssh;\necho '{line}' >>/target/root/.ssh/authorized_keys;\n" : "";
        var words = string.Concat(Keywords.Where(k => k != InstallKeyword.Vanilla).Select(k => $"! keyword {k} || : what {k} asks for;\n"));
        return $"{InstallKeyword.Function};\n{key}rm -f /target/etc/ssh/ssh_host_*;\n! keyword {InstallKeyword.Vanilla} || exit 0;\n{words}:";
    }

    /// <summary>A value goes on over lines that end with \; what the installer runs is one line.</summary>
    private static string Joined(string lines) => string.Join(" \\\n", lines.Split('\n').Select(l => "  " + l));

    [GeneratedRegex("^[A-Za-z0-9.-]+$")]
    private static partial Regex Host();

    [GeneratedRegex("^/[A-Za-z0-9./_-]*$")]
    private static partial Regex Directory();
}
