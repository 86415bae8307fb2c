# shellcheck shell=bash
exits 1 0
grep -q self-test err.1 || fail 'the self-test is not named'
holds image/etc/x x
cmp image/root/util/allie layers/high/root/util/allie
cmp image/root/util/allie.previous good
twice_is_once high
withdrawn_is_before
