# A script in the OLD image's overlay preps a slot of each PC, by the PC's own hourly job
# shellcheck shell=bash
everything_else() { sums pc1 mbr biosboot ESP allie-a swap && sums pc2 mbr biosboot ESP swap allie-b; }
before=$(everything_else)
typed server 'allie overlay add-prep deb12 --image deb13'
hourly pc1 pc2
after=$(everything_else)
check 'the slot with foreign files and all else on the disks are as before' same "$before" "$after"
while read -r pc slot; do
  check "slot $slot of $pc holds the image" in_slot "$pc" "allie-$slot" "grep -q 'name *= *\"deb13\"' /mnt/etc/allie-image && test -s /mnt/var/lib/allie/slot.json"
  check "it is $pc there, too" in_slot "$pc" "allie-$slot" "[ \"\$(cat /mnt/etc/hostname)\" = $pc ] && cmp /etc/machine-id /mnt/etc/machine-id && cmp /etc/ssh/ssh_host_ed25519_key /mnt/etc/ssh/ssh_host_ed25519_key"
  check "slot $slot of $pc has the overlay" in_slot "$pc" "allie-$slot" 'test -x /mnt/usr/local/sbin/lab-marker -a -x /mnt/root/conf/00overlay'
  check "the boot menu of $pc has it" on "$pc" "grep -q 'id allie-$slot' /boot/grub/allie.cfg && grep -q allie.cfg /boot/grub/custom.cfg"
  check "the file system is named for the image" [ "$(blkid -p -o value -s LABEL "$(part "$pc" "allie-$slot")")" = deb13 ]
done < <(prepped)
note "deb13 is in slot b of pc1 (slot a was refused) and in slot a of pc2, each with its boot entry"
