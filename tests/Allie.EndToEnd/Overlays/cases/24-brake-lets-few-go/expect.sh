# shellcheck shell=bash
exits 0 0
[ "$(ls image/etc)" = f1 ] || fail 'not all were withdrawn'
