# shellcheck shell=bash
exits 0 2 0 0 0 0 0
grep -q 'new driver' err.2 || fail 'the reason is not told'
holds image/etc/x z
