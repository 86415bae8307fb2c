# shellcheck shell=bash
exits 0 0 0
holds image/etc/x 2
is image/etc/x 'regular file 600 0:0'
holds image/var/lib/allie/undo/etc/x own
twice_is_once low
withdrawn_is_before
