namespace Allie.Installers;

/// <summary>The %pre and %post of a kickstart file: plain sh for the installer's small environment.</summary>
public static class KickstartScripts
{
    /// <summary>Written by %pre, read by the main section: %include is parsed after %pre has run.</summary>
    public const string StorageFile = "/tmp/allie-storage.ks";

    /// <summary>
    /// Finds the slot by looking at every partition itself (the links of udev show only one of two clones), refuses what is no slot or is
    /// in use, and only then names a partition to the installer. Any failure stops it before a disk is touched.
    /// </summary>
    public static string Pre(InstallTarget target) =>
        $$"""
        %pre --erroronfail --log=/tmp/allie-pre.log
        target='{{target}}'
        for word in $(cat /proc/cmdline); do
          case $word in allie.target=*) target=${word#allie.target=} ;; esac
        done

        fail() {
          echo "allie: $*" >&2
          echo "allie: $*" 2>/dev/null >/dev/console || :
          exit 1
        }
        tag() { blkid -p -o value -s "$1" "$2" 2>/dev/null || :; }

        case $target in
          PARTLABEL=*) tag=PART_ENTRY_NAME ;;
          PARTUUID=*) tag=PART_ENTRY_UUID ;;
          LABEL=*) tag=LABEL ;;
          *) fail "allie.target=$target names no partition: use PARTLABEL=, PARTUUID= or LABEL=" ;;
        esac
        found=
        for entry in /sys/class/block/*/partition; do
          entry=${entry%/partition}
          device=/dev/${entry##*/}
          [ -b "$device" ] && [ "$(tag $tag "$device")" = "${target#*=}" ] || continue
          [ -z "$found" ] || fail "$target is both $found and $device: is a cloned disk attached?"
          found=$device
        done
        [ -n "$found" ] || fail "there is no partition $target"
        name=$(tag PART_ENTRY_NAME "$found")
        case $name in
          allie-boot | allie-) fail "$found is no slot: its partition is named '$name'" ;;
          allie-*) ;;
          *) fail "$found is no slot: its partition is named '$name', not allie-NAME" ;;
        esac
        number=$(cat "/sys/class/block/${found##*/}/dev")
        cut -d ' ' -f 3 /proc/self/mountinfo | grep -qx "$number" && fail "$found is mounted"
        grep -q "^$found[[:space:]]" /proc/swaps && fail "$found is in use as swap"
        [ -z "$(ls "/sys/class/block/${found##*/}/holders")" ] || fail "$found is a part of LVM, RAID or encryption"
        case $(tag TYPE "$found") in
          swap | crypto_LUKS | LVM2_member | linux_raid_member | BitLocker | zfs_member) fail "$found holds $(tag TYPE "$found")" ;;
        esac
        disk=$(readlink -f "/sys/class/block/${found##*/}")
        disk=${disk%/*}
        cat >{{StorageFile}} <<EOF
        ignoredisk --only-use=${disk##*/}
        clearpart --none
        part / --onpart=${found#/dev/} --fstype=ext4 --label={{Kickstart.Label}}
        EOF
        echo "allie: installing onto $found ($name)"
        %end

        """;

    /// <summary>An initramfs for any PC, then the site's own steps, which "vanilla" on the kernel line leaves out.</summary>
    public static string Post(IReadOnlyList<string> keywords)
    {
        var parts = string.Concat(keywords.Select(k => $"if keyword {k}; then\n  : # what {k} asks for\nfi\n"));
        return $$"""
        %post --erroronfail --log=/root/allie-post.log
        keyword() { grep -qw -- "$1" /proc/cmdline; }

        # Drivers for every PC's disks, not only for this one's.
        mkdir -p /etc/dracut.conf.d
        echo 'hostonly="no"' >/etc/dracut.conf.d/90-allie.conf
        for modules in /lib/modules/*/; do
          version=$(basename "$modules")
          [ -e "/boot/vmlinuz-$version" ] || continue
          dracut --force "/boot/initramfs-$version.img" "$version"
        done

        if keyword {{InstallKeyword.Vanilla}}; then
          exit 0 # a model distribution: what the site adds comes by the overlay
        fi
        # The site's own steps go here.
        {{parts}}%end

        """;
    }
}
