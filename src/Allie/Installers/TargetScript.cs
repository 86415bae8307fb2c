namespace Allie.Installers;

/// <summary>
/// The shell text that finds the slot when an installer runs, the same for %pre of a kickstart file and for early_command of a preseed file.
/// Each line ends where a command may end, for a preseed value is one line.
/// </summary>
public static class TargetScript
{
    /// <summary>
    /// Looks at every partition itself (the links of udev show only one of two clones), refuses what is no slot or is in use, and leaves
    /// $found (/dev/sda5), $name (allie-b) and $disk (/sys/...). Any failure ends the script with 1 before a disk is touched.
    /// </summary>
    public static string Find(InstallTarget target) =>
        $$"""
        target='{{target}}';
        for word in $(cat /proc/cmdline); do
          case $word in allie.target=*) target=${word#allie.target=};; esac;
        done;
        fail() {
          echo "allie: $*" >&2;
          echo "allie: $*" 2>/dev/null >/dev/console || :;
          exit 1;
        };
        tag() { blkid -p -o value -s "$1" "$2" 2>/dev/null || :; };
        command -v blkid >/dev/null || fail "this installer has no blkid, so the slot cannot be shown to be spare";
        value=${target#*=};
        case $target in
          PARTLABEL=*) tag=PART_ENTRY_NAME;;
          PARTUUID=*) tag=PART_ENTRY_UUID; value=$(echo "$value" | tr A-F a-f);;
          LABEL=*) tag=LABEL;;
          *) fail "allie.target=$target names no partition: use PARTLABEL=, PARTUUID= or LABEL=";;
        esac;
        found=;
        for entry in /sys/class/block/*/partition; do
          entry=${entry%/partition};
          device=/dev/${entry##*/};
          [ -b "$device" ] && [ "$(tag $tag "$device")" = "$value" ] || continue;
          [ -z "$found" ] || fail "$target is both $found and $device: is a cloned disk attached?";
          found=$device;
        done;
        [ -n "$found" ] || fail "there is no partition $target";
        name=$(tag PART_ENTRY_NAME "$found");
        case $name in
          allie-boot | allie-) fail "$found is no slot: its partition is named $name";;
          allie-*) ;;
          *) fail "$found is no slot: its partition is named [$name], not allie-NAME";;
        esac;
        number=$(cat "/sys/class/block/${found##*/}/dev");
        cut -d " " -f 3 /proc/self/mountinfo | grep -qx "$number" && fail "$found is mounted";
        ls -d /sys/fs/btrfs/*/devices/"${found##*/}" >/dev/null 2>&1 && fail "$found is mounted (btrfs)";
        grep -q "^$found[[:space:]]" /proc/swaps && fail "$found is in use as swap";
        [ -z "$(ls "/sys/class/block/${found##*/}/holders")" ] || fail "$found is a part of LVM, RAID or encryption";
        case $(tag TYPE "$found") in
          swap | crypto_LUKS | LVM2_member | linux_raid_member | BitLocker | zfs_member) fail "$found holds $(tag TYPE "$found")";;
        esac;
        disk=$(readlink -f "/sys/class/block/${found##*/}");
        disk=${disk%/*};
        """.Replace("\r", "");
}
