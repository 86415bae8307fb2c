# shellcheck shell=bash
exits 0 1 0
grep -q '/overlays/all/etc/y.*Permission denied (13)' err.2 || fail 'the file is not named'
holds earlier 1
holds image/etc/x 2
