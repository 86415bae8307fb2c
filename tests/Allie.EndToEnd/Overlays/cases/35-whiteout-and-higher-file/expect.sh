# shellcheck shell=bash
exits 0
holds image/etc/a high
gone image/etc/b
holds image/etc/c own
twice_is_once low high
withdrawn_is_before
