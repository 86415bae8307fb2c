# shellcheck shell=bash
exits 0
is image/etc/x 'regular file 644 0:0'
[ -z "$(getfattr -d -m- image/etc/x)" ] || fail 'attributes of the image stayed on our file'
holds image/var/lib/allie/undo/etc/x own
twice_is_once low
withdrawn_is_before
