# shellcheck shell=bash
exits 1
holds image/etc/x own
[ -d image/usr/bin ] || fail '/usr was emptied'
holds image/opt/mounted/here/file precious
