# shellcheck shell=bash
exits 1 0 1
says '/etc/dir (layer'
says '/etc/file (layer'
holds image/etc/dir 1
holds image/etc/file/f 1
withdrawn_is_before
