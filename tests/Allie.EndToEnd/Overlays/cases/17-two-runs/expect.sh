# shellcheck shell=bash
exits 4 0 0
grep -q "process $(cat pid.first) " err.1 || fail 'the holder is not named'
cmp layers/low/etc/big image/etc/big
twice_is_once low
