# shellcheck shell=bash
exits 1 0
grep -qi 'read-only' err.1 || fail 'it does not say read-only'
holds image/etc/x new
twice_is_once low
withdrawn_is_before
