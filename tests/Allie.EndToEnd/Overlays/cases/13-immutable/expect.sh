# shellcheck shell=bash
exits 1 0
grep -q /etc/fixed err.1 || fail 'the path is not named'
holds earlier own
holds image/etc/x new
holds image/etc/fixed new
twice_is_once low
withdrawn_is_before
