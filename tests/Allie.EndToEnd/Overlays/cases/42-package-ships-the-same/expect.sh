# shellcheck shell=bash
exits 0 0 0 0
holds image/etc/x 'the package'
cmp image/etc/x packaged
