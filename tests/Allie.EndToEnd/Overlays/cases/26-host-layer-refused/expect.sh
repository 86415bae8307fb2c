# shellcheck shell=bash
exits 0 0 0
grep -q pc-pc1 err.2 || fail 'the refusal is not said'
holds image/etc/a newer
holds image/etc/key secret
is image/etc/key 'regular file 600 0:0'
