# shellcheck shell=bash
exits 0 1 0
grep -q 'kept changing' err.2 || fail 'it does not say that the layers moved'
holds earlier 1
holds image/etc/x 2
holds image/etc/moving end
