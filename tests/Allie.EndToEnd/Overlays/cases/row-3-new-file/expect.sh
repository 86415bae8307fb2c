# shellcheck shell=bash
exits 0
[ "$(jq -r '.steps[] | select(.path == "/etc/deep/er/x") | .action + " " + .layer' out.1)" = 'install layers/low' ] || fail "the JSON is $(cat out.1)"
[ -e image/var/lib/allie/undo/etc/deep/er/.wh.x ] || fail 'undo does not say that nothing was there'
twice_is_once low
withdrawn_is_before
