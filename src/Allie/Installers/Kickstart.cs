using Allie.Errors;
using Allie.Installers.Lint;

namespace Allie.Installers;

/// <summary>
/// A complete kickstart file that uses one existing slot and leaves the boot loader and every other partition alone. It never holds
/// zerombr, clearpart --all, autopart or a part without --onpart.
/// </summary>
/// <param name="Release">Which installer reads it.</param>
/// <param name="Target">The slot; allie.target= on the kernel line goes before it.</param>
/// <param name="Keywords">Words that the scripts know besides vanilla.</param>
/// <param name="Source">The line that says where packages come from.</param>
public sealed record Kickstart(InstallerRelease Release, InstallTarget Target, IReadOnlyList<string> Keywords, string Source)
{
    /// <param name="url">The installation tree; null: the medium that was booted.</param>
    /// <exception cref="UserError">Exit 2: no file can be made for the release, or the URL is none that its installer takes.</exception>
    public static Kickstart Make(InstallerRelease release, InstallTarget target, IReadOnlyList<string> keywords, string? url) =>
        release.HasGenerator
            ? new(release, target, keywords, url is null ? "cdrom" : InstallerUrl.Tree(url))
            : throw UserError.Refused(
                $"no kickstart file can be made for {release}: its installer lacks what the file needs to find the slot and to leave the boot order alone",
                "F18 and EL7 are the oldest; lint and bootline know older ones");

    public RootAccess Access { get; init; } = RootAccess.Locked;

    /// <summary>Instead of ours: names and @groups, as they stand in %packages.</summary>
    public IReadOnlyList<string>? Packages { get; init; }

    /// <summary>The file-system label of a fresh installation; blandify and prep give it the image's name.</summary>
    public const string Label = "allie-new";

    /// <summary>The first line, from which lint knows the release.</summary>
    private string Header => $"# {Release} onto the one slot {Target}; written by: allie installer kickstart";

    public string Format() =>
        $"""
        {Header}
        # The slot is looked for when the installer runs: see %pre. Change language, keyboard, zone and packages to suit the site.
        cmdline
        lang en_US.UTF-8
        keyboard --vckeymap=us
        timezone UTC --utc
        network --bootproto=dhcp --activate
        {Source}
        {(Access.PasswordHash is { } hash ? "rootpw --iscrypted " + hash : "rootpw --lock")}
        firewall --enabled --service=ssh
        selinux --enforcing
        firstboot --disabled
        {BootLoader()}
        %include {KickstartScripts.StorageFile}
        reboot --eject

        %packages
        {string.Join('\n', PackageList())}
        %end

        {KickstartScripts.Pre(Target)}
        {KickstartScripts.Post([.. Keywords.Where(k => k != InstallKeyword.Vanilla)], Access)}
        """.Replace("\r", "");

    /// <summary>
    /// A site's own file with three lines of ours in it: "#allie storage" (what touches disks), "#allie pre", "#allie post" become our text, and
    /// the rest stays as it is. What comes out must pass the lint.
    /// </summary>
    /// <exception cref="UserError">Exit 2: a mark is missing, or the site's part would touch another partition.</exception>
    public string Fill(string template)
    {
        var marks = new Dictionary<string, string>
        {
            ["#allie storage"] = BootLoader() + "\n%include " + KickstartScripts.StorageFile,
            ["#allie pre"] = KickstartScripts.Pre(Target).TrimEnd('\n'),
            ["#allie post"] = KickstartScripts.Post([.. Keywords.Where(k => k != InstallKeyword.Vanilla)], Access).TrimEnd('\n'),
        };
        var lines = template.Replace("\r", "").Split('\n');
        if (marks.Keys.FirstOrDefault(m => lines.Count(l => l.Trim() == m) != 1) is { } missing)
        {
            throw UserError.Refused($"the template must have the line '{missing}' exactly once", "the three lines: " + string.Join(", ", marks.Keys));
        }

        var text = string.Join('\n', lines.Select(l => marks.GetValueOrDefault(l.Trim(), l)).Prepend(Header));
        return KickstartLint.Check(text, Release).FirstOrDefault(f => f.IsError) is { } fault
            ? throw UserError.Refused($"the template does not do: line {fault.Line} of the file made from it: {fault.Message}", fault.Hint)
            : text;
    }

    private IReadOnlyList<string> PackageList() =>
        Packages ?? (Release.HasGenericDracut ? ["@core", "openssh-server", "rsync", "cronie", "dracut-config-generic"] : ["@core", "openssh-server", "rsync", "cronie"]);

    private string BootLoader() => Release.TakesPartitionLocation
        ? """
          # The boot loader goes into the slot itself. This installer still takes --location=partition; from Fedora 21 and EL7 on it is an error.
          bootloader --location=partition --leavebootorder
          """
        : """
          # No boot loader at all: --location=partition is an error since Fedora 21 and EL7 (GRUB 2), and the PC keeps the one it has.
          bootloader --location=none --leavebootorder
          """;
}
