# shellcheck shell=bash
[ "$(cat swaps)" -gt 1000 ] || fail "only $(cat swaps) swaps"
[ -z "$(ls -A outside)" ] || fail "written out of the image: $(ls -A outside)"
if grep -qx 70 code.*; then fail 'a run ended as a bug'; fi
