# shellcheck shell=bash
exits 0 0 0
jq -r '.steps[] | select(.path == "/etc/x") | .action' out.2 | grep -qx left || fail "the JSON is $(cat out.2)"
holds image/etc/x ours
silent
