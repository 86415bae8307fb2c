# shellcheck shell=bash
exits 0 0
silent
identity image/etc > now
same was now 'the file was touched'
holds image/var/lib/allie/undo/etc/x same
withdrawn_is_before
