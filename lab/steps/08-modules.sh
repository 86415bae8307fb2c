# Modules for the image and the overlay
# shellcheck shell=bash
own_part() { on server "sed '/^# allie begin/,/^# allie end/d' /etc/rsyncd.conf"; }
before=$(own_part)
typed server 'allie server conf'
after=$(own_part)
modules=$(on pc1 rsync server::)
check 'a PC sees the image' grep -q '^image-deb13' <<<"$modules"
check 'a PC sees the overlay' grep -q '^pc' <<<"$modules"
check 'what the administrator wrote in rsyncd.conf is as before' same "$before" "$after"
check 'a PC reads the image' on pc1 'rsync server::image-deb13/etc/allie-image'
check 'a PC cannot write it' refused on pc1 'rsync /etc/hostname server::image-deb13/etc/hostname'
note "modules: $(awk '{ printf "%s%s", sep, $1; sep = ", " }' <<<"$modules")"
