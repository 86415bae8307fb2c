# shellcheck shell=bash
exits 0
[ "$(ls -A image/etc/d)" = low ] || fail "there is: $(ls -A image/etc/d)"
twice_is_once low
withdrawn_is_before
