# shellcheck shell=bash
exits 0 0 0
grep -q left out.2 || fail 'it does not say that it left the file'
silent
holds image/etc/x theirs
gone image/var/lib/allie/undo/etc/x
gone image/var/lib/allie/applied/etc/x
