# shellcheck shell=bash
exits 0
holds image/etc/one ours
holds image/etc/two own
twice_is_once low
withdrawn_is_before
