# shellcheck shell=bash
exits 1
says /etc/f
says /etc/d
says .wh.
holds image/etc/f file
holds image/etc/d/inner inner
holds image/etc/other other
withdrawn_is_before
