# shellcheck shell=bash
exits 1
for name in usr etc var home root boot lib64; do says "/$name"; [ -e "image/$name" ] || fail "$name is gone"; done
link image/lib64 usr/lib64
holds image/etc/x x # beside the mark
