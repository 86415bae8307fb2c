# shellcheck shell=bash
exits 0 0
gone image/etc/f
holds image/var/lib/allie/undo/etc/f later
twice_is_once low
apply none
holds image/etc/f later
link image/etc/l f
gone image/etc/nothing
