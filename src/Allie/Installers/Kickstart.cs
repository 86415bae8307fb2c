namespace Allie.Installers;

/// <summary>
/// A complete kickstart file that uses one existing slot and leaves the boot loader and every other partition alone. It never holds
/// zerombr, clearpart --all, autopart or a part without --onpart.
/// </summary>
/// <param name="Release">Which installer reads it.</param>
/// <param name="Target">The slot; allie.target= on the kernel line goes before it.</param>
/// <param name="Keywords">Words that the scripts know besides vanilla.</param>
/// <param name="Url">The installation tree; empty: the medium that was booted.</param>
public sealed record Kickstart(InstallerRelease Release, InstallTarget Target, IReadOnlyList<string> Keywords, string Url)
{
    /// <summary>The file-system label of a fresh installation; blandify and prep give it the image's name.</summary>
    public const string Label = "allie-new";

    public string Format() =>
        $"""
        # {Release} onto the one slot {Target}; written by: allie installer kickstart
        # The slot is looked for when the installer runs: see %pre. Change language, keyboard, zone and packages to suit the site.
        {(Release.HasInstOptions ? "cmdline" : "text")}
        lang en_US.UTF-8
        keyboard {(Release.HasLeaveBootOrder ? "--vckeymap=us" : "us")}
        timezone {(Release.HasLeaveBootOrder ? "UTC --utc" : "--utc UTC")}
        network --bootproto=dhcp --activate
        {(Url.Length > 0 ? "url --url=" + Url : "cdrom")}
        rootpw --lock
        firewall --enabled --service=ssh
        selinux --enforcing
        firstboot --disabled
        {BootLoader()}
        %include {KickstartScripts.StorageFile}
        reboot --eject

        %packages
        @core
        openssh-server
        rsync
        {(Release.HasGenericDracut ? "cronie\ndracut-config-generic" : "cronie")}
        %end

        {KickstartScripts.Pre(Target)}
        {KickstartScripts.Post([.. Keywords.Where(k => k != InstallKeyword.Vanilla)])}
        """.Replace("\r", "");

    private string BootLoader() => Release.TakesPartitionLocation
        ? $"""
          # The boot loader goes into the slot itself. This installer still takes --location=partition; from Fedora 21 and EL7 on it is an error.
          bootloader --location=partition{(Release.HasLeaveBootOrder ? " --leavebootorder" : "")}
          """
        : """
          # No boot loader at all: --location=partition is an error since Fedora 21 and EL7 (GRUB 2), and the PC keeps the one it has.
          bootloader --location=none --leavebootorder
          """;
}
