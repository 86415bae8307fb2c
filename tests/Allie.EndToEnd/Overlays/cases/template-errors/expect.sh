# shellcheck shell=bash
exits 1
says 'layers/low'
says 'a.allie(2,'
says tag.rom
for name in a b c d; do says "/etc/$name"; done
holds image/etc/a own
for name in b c d; do gone "image/etc/$name"; done
holds image/etc/x x
