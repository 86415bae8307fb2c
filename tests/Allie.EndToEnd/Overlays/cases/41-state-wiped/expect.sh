# shellcheck shell=bash
exits 0 0
identity image/etc > now
same was now 'a file was touched'
holds image/var/lib/allie/undo/etc/x new
twice_is_once low
