# shellcheck shell=bash
exits 0
holds image/etc/x new
twice_is_once low
withdrawn_is_before
