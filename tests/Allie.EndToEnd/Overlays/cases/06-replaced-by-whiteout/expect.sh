# shellcheck shell=bash
exits 0
holds image/etc/f/x x
holds image/etc/d d
holds image/l/x x
[ ! -L image/l ] || fail 'l is still a link'
gone image/opt/x
twice_is_once low
withdrawn_is_before
