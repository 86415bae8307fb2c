namespace Allie.Installers;

/// <summary>The %pre and %post of a kickstart file: plain sh for the installer's small environment.</summary>
public static class KickstartScripts
{
    /// <summary>Written by %pre, read by the main section: %include is parsed after %pre has run.</summary>
    public const string StorageFile = "/tmp/allie-storage.ks";

    /// <summary>
    /// Finds the slot and only then names a partition to the installer. Any failure stops it before a disk is touched.
    /// </summary>
    public static string Pre(InstallTarget target) =>
        $$"""
        %pre --erroronfail --log=/tmp/allie-pre.log
        {{TargetScript.Find(target)}}
        cat >{{StorageFile}} <<EOF
        ignoredisk --only-use=${disk##*/}
        clearpart --none
        part / --onpart=${found#/dev/} --fstype=ext4 --label={{Kickstart.Label}}
        EOF
        echo "allie: installing onto $found ($name)"
        %end

        """;

    /// <summary>An initramfs for any PC, then the site's own steps, which "vanilla" on the kernel line leaves out.</summary>
    public static string Post(IReadOnlyList<string> keywords, RootAccess access)
    {
        var parts = string.Concat(keywords.Select(k => $"if keyword {k}; then\n  : # what {k} asks for\nfi\n"));
        var key = access.SshKey is { } line
            ? $"\n# The sshkey directive is newer than some of these releases; this works in all.\nmkdir -p -m 700 /root/.ssh\necho '{line}' >>/root/.ssh/authorized_keys\nchmod 600 /root/.ssh/authorized_keys\n"
            : "";
        return $$"""
        %post --erroronfail --log=/root/allie-post.log
        {{InstallKeyword.Function}}

        # Drivers for every PC's disks, not only for this one's.
        mkdir -p /etc/dracut.conf.d
        echo 'hostonly="no"' >/etc/dracut.conf.d/90-allie.conf
        for modules in /lib/modules/*/; do
          version=$(basename "$modules")
          [ -e "/boot/vmlinuz-$version" ] || continue
          dracut --force "/boot/initramfs-$version.img" "$version"
        done
        {{key}}
        if keyword {{InstallKeyword.Vanilla}}; then
          exit 0 # a model distribution: what the site adds comes by the overlay
        fi
        # The site's own steps go here.
        {{parts}}%end

        """;
    }
}
