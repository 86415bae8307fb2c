# pc1 starts from its own disk: the new image is tried by itself, found healthy, committed, and started again
# shellcheck shell=bash
uuid=$(blkid -p -o value -s UUID "$(part pc1 allie-b)")
edited=$(cat "$work/edited")
check 'its boot menu is set to try slot b once' [ "$(boot_env pc1)" = 'allie_try=allie-b allie_tries=1' ]
on pc1 cat /vmlinuz >"$work/kernel"
show 'pc1# systemctl poweroff'
power_off pc1
detach_disk pc1
accel=$(choose_accel "$work/kernel")
check_up() { # check_up TIME: what the image that came up says of itself
  local line
  line=$(LC_ALL=C grep -aoE 'LAB-UP .* END' "$serial" | head -n 1)
  check "$1: it is pc1" grep -q ' host=pc1 ' <<<"$line"
  check "$1: its root is the slot" grep -q " root=$uuid label=deb13 " <<<"$line"
  check "$1: it has the file of the overlay as edited in step 10" grep -qF " overlay=$edited END" <<<"$line"
  check "$1: it is the next distribution" grep -q ' system=trixie ' <<<"$line"
}
start=$(now)
show "pc1 is switched on (qemu, $accel); nobody touches a key"
power_on pc1 "$accel"
shown 120 'the boot menu' 'GNU GRUB'
shown 200 'the kernel' 'Linux version'
shown 400 'the mark of the new image' 'LAB-UP .* END'
wait_for 400 'the new image to confirm itself' committed pc1
seconds=$(since "$start")
power_cut
check_up 'the try'
start=$(now)
show "pc1 is switched off and on again"
power_on pc1 "$accel"
shown 400 'the mark of the new image' 'LAB-UP .* END'
power_cut
check_up 'the next start'
check 'slot b is what pc1 starts from now on' committed pc1
note "tried, confirmed and committed after $seconds s; the next start was deb13 again, $(since "$start") s later"
