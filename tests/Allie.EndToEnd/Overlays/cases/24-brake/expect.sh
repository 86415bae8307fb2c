# shellcheck shell=bash
exits 0 3 2 2 0 0 0
same applied refused 'a refused run changed something'
grep -qF 'apply' err.3 || fail 'no command to type is printed'
[ "$(find image/etc -type f | wc -l)" = 2 ] || fail 'not all were withdrawn'
withdrawn_is_before
