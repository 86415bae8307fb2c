# shellcheck shell=bash
exits 0 0 0 0
if grep -q '"content' trace || grep -q '/content' trace; then fail "files were read: $(grep content trace | head -n 3)"; fi
silent
echo bbb > image/etc/content1
touch -r layers/low/etc/content1 image/etc/content1
apply low
holds image/etc/content1 1
