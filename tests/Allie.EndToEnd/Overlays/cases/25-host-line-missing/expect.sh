# shellcheck shell=bash
exits 0 0 0
grep -q 'no line for pc1' err.2 || fail 'it does not say so'
same applied kept 'the groups were dropped'
holds image/etc/a g
