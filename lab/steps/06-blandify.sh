# Remove what is specific to the golden PC, and publish the image
# shellcheck shell=bash
tree=/srv/allie/images/.work/deb13
keys=$(on server "ls $tree/etc/ssh/ssh_host_* 2>/dev/null | wc -l")
typed server '/root/bin/blandify deb13'
check 'no SSH host key is left' refused on server "ls $tree/etc/ssh/ssh_host_*"
check 'machine-id is there and empty' on server "test -f $tree/etc/machine-id -a ! -s $tree/etc/machine-id"
check 'fstab names no UUID' refused on server "grep -E '^UUID=' $tree/etc/fstab"
typed server 'allie image publish deb13'
check 'images/deb13 is generation 1' [ "$(on server readlink -f /srv/allie/images/deb13)" = /srv/allie/images/.generations/deb13/1 ]
check 'the image says what it is' on server "grep -q 'name *= *\"deb13\"' /srv/allie/images/deb13/etc/allie-image"
note "$keys SSH host key files and the machine-id are gone; images/deb13 is generation 1"
