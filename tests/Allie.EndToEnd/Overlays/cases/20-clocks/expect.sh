# shellcheck shell=bash
exits 0 0 0
silent
identity image > twice
same once twice 'a time alone changed something'
holds image/etc/x bbb
[ "$(stat -c %Y image/etc/old)" = 86400 ] || fail 'the time of old was not carried'
withdrawn_is_before
