# shellcheck shell=bash
exits 0
holds "image/etc/$(printf 'n%.0s' {1..255})" new
holds "image/etc/$(printf 'a%.0s' {1..255})" new
gone "image/etc/$(printf 'w%.0s' {1..251})"
twice_is_once low
withdrawn_is_before
