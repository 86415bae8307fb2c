# shellcheck shell=bash
exits 0
[ "$(ls -A image/opt/d)" = n ] || fail "there is: $(ls -A image/opt/d)"
is image/opt/d 'directory 711 0:0'
twice_is_once low
withdrawn_is_before
