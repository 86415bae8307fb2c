# shellcheck shell=bash
exits 0 0 0
holds image/etc/d again
twice_is_once low
withdrawn_is_before
