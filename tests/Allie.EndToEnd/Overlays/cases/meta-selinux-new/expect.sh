# shellcheck shell=bash
exits 0 0 1
says '/etc/a b: it is there, but setfiles could not set its SELinux label (exit 3'
holds 'image/etc/a b' x
twice_is_once low
withdrawn_is_before
