# shellcheck shell=bash
exits 0 0 0
jq -r '.steps[] | select(.path == "/etc/x") | .reason' out.2 | grep -q drift || fail "the JSON is $(cat out.2)"
holds image/etc/x drift
is image/etc/m 'regular file 777 0:0'
