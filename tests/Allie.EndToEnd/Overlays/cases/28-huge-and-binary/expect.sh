# shellcheck shell=bash
exits 0 0
cmp layers/low/etc/huge image/etc/huge
cmp layers/low/etc/zeros image/etc/zeros
[ -f image/etc/empty ] && [ ! -s image/etc/empty ]
twice_is_once low
withdrawn_is_before
