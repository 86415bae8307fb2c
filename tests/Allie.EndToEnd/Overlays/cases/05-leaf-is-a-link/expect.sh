# shellcheck shell=bash
exits 0
holds image/etc/leaf ours
holds image/etc/absolute ours
holds image/etc/target target
link image/var/lib/allie/undo/etc/leaf target
twice_is_once low
withdrawn_is_before
