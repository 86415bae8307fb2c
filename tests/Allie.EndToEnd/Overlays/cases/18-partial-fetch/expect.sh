# shellcheck shell=bash
exits 0 1 0
grep -q 'y' err.2 || fail 'the file is not named'
holds earlier 1
holds image/etc/x 2
