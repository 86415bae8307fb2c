# shellcheck shell=bash
exits 1
# shellcheck disable=SC2016
holds image/etc/a '{{ tag.secret }} $(touch witness) `touch witness`'
gone image/etc/b
gone witness
