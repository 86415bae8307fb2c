#!/bin/bash
# ten-steps.sh BINARY WORKDIR: steps 4 to 10 on bench PCs. Prints "check NAME: ok" or "check NAME: FAILED: why", which the test reads.
# Run under: unshare -m -n -p -u -i --fork --kill-child=KILL --mount-proc --propagation private
set -uo pipefail
binary=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=cluster.sh
. "$here/cluster.sh"
# shellcheck source=tree.sh
. "$here/tree.sh"

check() { # check NAME COMMAND...: the command's exit code decides
  local name=$1 said
  shift
  if said=$("$@" 2>&1); then echo "check $name: ok"; else echo "check $name: FAILED: $(tail -n 5 <<<"$said" | tr '\n' ' ')"; fi
}

# reaches COMMAND...: tries for up to 20 s until it succeeds
reaches() {
  local tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || return 1
    read -rt 0.1 <> <(:) || true
  done
}

same() { [ "$1" = "$2" ] || { echo "expected: $1"; echo "found: $2"; return 1; }; }
holds() { grep -qF -- "$2" "$1" || { echo "$1 lacks: $2"; head -n 20 "$1"; return 1; }; }

net_up
machine_net server 10.77.0.1
machine_net golden 10.77.0.11
machine_net pc1 10.77.0.12
disk golden
disk pc1
# shellcheck disable=SC2154  # disk sets them
{ pc_root golden "$loop_golden"; pc_root pc1 "$loop_pc1"; }

# The server, as an administrator sets it up; ALLIE_CONFIG keeps this machine's own /etc and /srv out of it.
mkdir "$work/etc"
printf 'store = "%s/srv"\n[rsyncd]\nconf = "%s/etc/rsyncd.conf"\nhosts-allow = ["10.77.0.0/24"]\n' "$work" "$work" >"$work/etc/server.toml"
export ALLIE_CONFIG=$work/etc/server.toml
check 'server init' on server "$binary" server init
store=$work/srv

# What an installer left on golden's slot b, and what is the PCs' base system.
mkdir "$work/slot"
mkfs.ext4 -q -L installed "${loop_golden}p3"
mount "${loop_golden}p3" "$work/slot"
fake_distribution "$work/slot" new13
manifest "$work/slot" 'lost\+found' 'proc/' 'run/' 'tmp/' >"$work/golden.manifest"
umount "$work/slot"

# Step 4 and 5
echo one-time-secret >"$work/password"
chmod 600 "$work/password"
cp "$work/password" "$work/golden/root/tmp/password"
cp "$binary" "$work/golden/root/tmp/allie"
printf '[safety]\nallow-loop-devices = true\n' >"$work/golden/root/etc/allie.toml"
check 'offer dry run by the name of the slot' sh -c "env -u ALLIE_CONFIG ip netns exec golden chroot $work/golden/root /tmp/allie offer b -n | grep ${loop_golden}p3"
on golden /tmp/allie offer "${loop_golden}p3" --password-file /tmp/password >"$work/offer.log" 2>&1 &
offer=$!
reaches on server rsync rsync://10.77.0.11/
check 'image capture' on server "$binary" image capture 10.77.0.11 new13 --password-file "$work/password"
wait "$offer"
check 'offer ended by itself' same 0 $?
check 'offer left nothing mounted' sh -c "! grep -q '${loop_golden##*/}p3' /proc/*/mountinfo"
manifest "$store/images/.work/new13" 'lost\+found' 'proc/' 'run/' 'tmp/' >"$work/captured.manifest"
check 'capture keeps everything' diff "$work/golden.manifest" "$work/captured.manifest"

# Step 6
on server "$binary" image blandify new13 -n >"$work/blandify.log" 2>&1
check 'blandify dry run says 3' same 3 $?
check 'image blandify' on server "$binary" image blandify new13
check 'fstab by label' holds "$store/images/.work/new13/etc/fstab" 'LABEL=new13'
check 'no host key left' sh -c "! ls $store/images/.work/new13/etc/ssh/ssh_host_* 2>/dev/null"
check 'image publish' on server "$binary" image publish new13
check 'image list' sh -c "ip netns exec server $binary image list | grep new13"

# Step 7 and 8: overlays for the old (base) image and the new one
check 'overlay new (old image)' on server "$binary" overlay new old12 --server 10.77.0.1
check 'overlay new' on server "$binary" overlay new new13 --server 10.77.0.1
printf '[server]\naddress = "10.77.0.1"\n[safety]\nallow-loop-devices = true\n' | tee "$store/overlays/old12/etc/allie.toml" >"$store/overlays/new13/etc/allie.toml"
mkdir -p "$store/overlays/all/etc" "$store/overlays/new13/lib64"
echo 'message one' >"$store/overlays/all/etc/allie-message"
echo 'library' >"$store/overlays/new13/lib64/site.so"
echo 'pc1 groups=lab addr=10.77.0.12' >>"$store/hosts"
check 'server conf' on server "$binary" server conf
on server rsync --daemon --no-detach --config="$work/etc/rsyncd.conf" &
reaches on server rsync rsync://10.77.0.1/

# The PC is adopted: the binary and the server's address are put there once; everything else comes with the overlay.
root=$work/pc1/root
mkdir -p "$root/root/util" "$root/boot/grub" "$root/etc/ssh"
cp "$binary" "$root/root/util/allie"
cp "$store/overlays/old12/etc/allie.toml" "$root/etc/allie.toml"
printf 'set timeout=1\nmenuentry base --id base { true; }\nif [ -f  $%s/custom.cfg ]; then\n  source $%s/custom.cfg\nfi\n' config_directory config_directory >"$root/boot/grub/grub.cfg"
ssh-keygen -q -t ed25519 -N '' -f "$root/etc/ssh/ssh_host_ed25519_key" <<<y >/dev/null
echo fedcba9876543210fedcba9876543210 >"$root/etc/machine-id"
mode_before=$(stat -c '%a %u %g' "$root/" "$root/etc" "$root/usr")
check 'apply (adoption)' on pc1 /root/util/allie apply --image old12
check 'the adopted system knows its image' holds "$root/etc/allie-image" 'name = "old12"'
check 'parent directories as they were' same "$mode_before" "$(stat -c '%a %u %g' "$root/" "$root/etc" "$root/usr")"
check 'hourly job is there and runs by run-parts' sh -c "chroot $root run-parts --test /etc/cron.hourly | grep imageconf"

# Slot b holds somebody's files: declared, but neither blank nor ours. Nothing may write to it, not even a mount.
mkfs.ext4 -q -L thesis "${loop_pc1}p3"
foreign_before=$(md5sum <"${loop_pc1}p3")

# Step 9: through the OLD image's overlay, by the PC's own hourly job
check 'overlay add-prep' on server "$binary" overlay add-prep old12 --image new13
swap_before=$(md5sum <"${loop_pc1}p4") base_before=$(md5sum <"${loop_pc1}p1")
on pc1 run-parts /etc/cron.hourly >"$work/hourly.log" 2>&1
check 'hourly run' same 0 $?
sed 's/^/hourly: /' "$work/hourly.log"
check 'base and swap untouched' same "$swap_before$base_before" "$(md5sum <"${loop_pc1}p4")$(md5sum <"${loop_pc1}p1")"
slot=
for part in p2 p3; do [ "$(blkid -p -s LABEL -o value "$loop_pc1$part")" = new13 ] && slot=$loop_pc1$part; done
check 'a slot has the label of the image' test -n "$slot"
mount -o ro "$slot" "$work/slot"
check 'slot holds the generation' holds "$work/slot/etc/allie-image" 'generation = 1'
check 'host name carried' same pc1 "$(cat "$work/slot/etc/hostname")"
check 'machine-id carried' same fedcba9876543210fedcba9876543210 "$(cat "$work/slot/etc/machine-id")"
check 'host key carried' cmp "$root/etc/ssh/ssh_host_ed25519_key" "$work/slot/etc/ssh/ssh_host_ed25519_key"
check 'overlay laid on it' same 'message one' "$(cat "$work/slot/etc/allie-message")"
check 'merged-usr link kept' same usr/lib64 "$(readlink "$work/slot/lib64")"
check 'file through the link' same library "$(cat "$work/slot/usr/lib64/site.so")"
check 'holes kept' sh -c "[ \$(du -k $work/slot/var/lib/holes | cut -f1) -lt 1000 ]"
personal=('lost\+found' 'etc($|/)' 'var/lib$' 'var/lib/allie' 'root' 'usr/lib64' '$')
check 'the rest is the image, byte for byte' diff <(manifest "$store/images/new13" "${personal[@]}") <(manifest "$work/slot" "${personal[@]}")
umount "$work/slot"
check 'boot entry' holds "$root/boot/grub/allie.cfg" "$(blkid -p -s UUID -o value "$slot")"
check 'custom.cfg sources it' holds "$root/boot/grub/custom.cfg" allie.cfg
on pc1 run-parts /etc/cron.hourly >"$work/hourly2.log" 2>&1
check 'second hourly run is silent' test ! -s "$work/hourly2.log"

# Step 10: one edit on the server reaches both images
echo 'message two' >"$store/overlays/all/etc/allie-message"
echo 'site motd' | tee "$store/overlays/old12/etc/motd" >"$store/overlays/new13/etc/motd"
own_motd=$(cat "$root/etc/motd" 2>/dev/null)
check 'hourly run after an edit' on pc1 run-parts /etc/cron.hourly
check 'edit in the active image' same 'message two' "$(cat "$root/etc/allie-message")"
mount -o ro "$slot" "$work/slot"
check 'edit in the inactive image' same 'message two' "$(cat "$work/slot/etc/allie-message")"
check 'file of the inactive image replaced' same 'site motd' "$(cat "$work/slot/etc/motd")"
umount "$work/slot"
rm "$store/overlays/old12/etc/motd" "$store/overlays/new13/etc/motd"
check 'hourly run after a withdrawal' on pc1 run-parts /etc/cron.hourly
check "active image's own file is back" same "$own_motd" "$(cat "$root/etc/motd" 2>/dev/null)"
mount -o ro "$slot" "$work/slot"
check "inactive image's own file is back" same 'own motd of new13' "$(cat "$work/slot/etc/motd")"
umount "$work/slot"
check 'foreign slot untouched' same "$foreign_before" "$(md5sum <"${loop_pc1}p3")"
echo 'ten steps: end'
