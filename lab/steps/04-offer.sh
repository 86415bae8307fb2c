# The golden PC offers the new partition, for one fetch
# shellcheck shell=bash
device=$(part golden allie-b)
(umask 077; head -c 18 /dev/urandom | base64 >"$work/once")
at_desk scp "$work/once" golden:/root/once
at_desk scp "$work/once" server:/root/once
command="/root/util/rsync-newdistro-daemon $device --password-file /root/once"
show "golden# $command"
on_timeout=600 on golden "$command" >"$work/offer.log" 2>&1 &
printf '%s\n' "$!" >"$work/offer.pid"
wait_for 30 "golden to offer $device" on server 'rsync golden::' || { sed 's/^/  | /' "$work/offer.log"; false; }
check 'nobody gets it without the password' grep -q 'auth failed' <<<"$(on server 'rsync golden::image/ 2>&1 || :')"
check 'it is not mounted where others on golden see it' refused on golden findmnt -S "$device"
note "$device is offered: $(grep -aE 'capture|rsync-newdistro-client' "$work/offer.log" | head -n 1)"
