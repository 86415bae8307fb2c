# The server fetches it into its set of images
# shellcheck shell=bash
# Names, types, modes, owners, sizes, links and times of a whole tree, but for the top, lost+found and what a
# running system puts below its mount points.
listing="find . -mindepth 1 \\( -path ./lost+found -o -path './dev/*' -o -path './run/*' -o -path './tmp/*' -o -path './proc/*' -o -path './sys/*' \\) -prune -o -printf '%P %y %m %U %G %s %l %T@\n' | awk '{ if (\$2 == \"d\") \$6 = 0; print }' | sort | sha256sum"
on_timeout=600 typed server '/root/bin/rsync-newdistro-client golden deb13 --password-file /root/once'
on_server=$(on server "cd /srv/allie/images/.work/deb13 && $listing")
in_the_slot=$(in_slot golden allie-b "cd /mnt && $listing")
check 'the tree on the server is the one in the slot, file for file' [ "$on_server" = "$in_the_slot" ]
gone() { ! [ -d "/proc/$(cat "$work/offer.pid")" ]; }
wait_for 30 'the offer to end by itself' gone
check 'nothing of the offer is left on golden' refused on golden 'pgrep -x rsync || ss -ltn | grep :873'
note "images/.work/deb13: $(on server 'find /srv/allie/images/.work/deb13 | wc -l') files, the same as in the slot; the offer has ended"
