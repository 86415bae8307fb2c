# shellcheck shell=bash
exits 0 0
holds image/etc/x aaa
holds image/var/lib/allie/undo/etc/x bbb
twice_is_once low
