# shellcheck shell=bash
exits 0 0
silent
[ "$(grep -c 'connect from' rsyncd.log)" = 1 ] || fail "connections: $(grep -c 'connect from' rsyncd.log)"
