# The next distribution goes to one spare partition of the golden PC, which goes on running its base system
# shellcheck shell=bash
others=(mbr biosboot ESP allie-a swap)
before=$(sums golden "${others[@]}")
boot_files() { on golden 'find /boot /etc/default/grub -type f -exec sha256sum {} + | sort'; }
boot_before=$(boot_files)
at_desk scp "$lab/trees/next" golden:/root/deb13.packages
on_timeout=600 typed golden '/root/util/allie installer bootstrap --suite trixie --into b --label deb13 --packages /root/deb13.packages --mirror "deb [trusted=yes] copy:/srv/debs ./" -y'
after=$(sums golden "${others[@]}")
boot_after=$(boot_files)
check 'MBR, boot area, ESP, the other slot and swap are as before' same "$before" "$after"
check "the base system's boot files are as before" same "$boot_before" "$boot_after"
check 'golden still runs deb12' on golden grep -q 'VERSION_CODENAME=bookworm' /etc/os-release
check 'slot b holds trixie with a kernel' in_slot golden allie-b 'grep -q VERSION_CODENAME=trixie /mnt/etc/os-release && ls /mnt/boot/vmlinuz-* /mnt/boot/initrd.img-*'
note "slot b: trixie, $(in_slot golden allie-b 'find /mnt -xdev | wc -l') files; $(wc -w <<<"${others[*]}") other parts of the disk unchanged"
