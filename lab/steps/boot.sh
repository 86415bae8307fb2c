# pc1 starts from its own disk, through its own GRUB menu, into the new image
# shellcheck shell=bash
uuid=$(blkid -p -o value -s UUID "$(part pc1 allie-b)")
edited=$(cat "$work/edited")
on pc1 cat /vmlinuz >"$work/kernel"
title=$(on pc1 cat /boot/grub/allie.cfg | sed -n "s/^menuentry ['\"]\([^'\"]*\)['\"].*--id allie-b .*/\1/p")
check 'the boot entry has a title' [ -n "$title" ]
show 'pc1# systemctl poweroff'
power_off pc1
detach_disk pc1
accel=$(choose_accel "$work/kernel")
start=$(now)
show "pc1 is switched on (qemu, $accel); in its boot menu: arrow down to \"$title\", Enter"
power_on pc1 "$accel"
shown 120 'the boot menu' 'GNU GRUB'
choose_entry "$title"
shown 200 'the kernel' 'Linux version'
shown 400 'the mark of the new image' 'LAB-UP .* END'
seconds=$(since "$start")
power_cut
line=$(LC_ALL=C grep -aoE 'LAB-UP .* END' "$serial" | head -n 1)
check 'it is pc1' grep -q ' host=pc1 ' <<<"$line"
check 'its root is the slot' grep -q " root=$uuid label=deb13 " <<<"$line"
check 'it has the file of the overlay as edited in step 10' grep -qF " overlay=$edited END" <<<"$line"
check 'it is the next distribution' grep -q ' system=trixie ' <<<"$line"
note "$line after $seconds s"
