# shellcheck shell=bash
exits 0 0
[ -d image/etc/there ] || fail 'a directory of the image went'
gone image/etc/there/x
gone image/etc/new
holds image/etc/used/file mine
