# shellcheck shell=bash
exits 1
for name in .wh. .wh..wh.x x.allie-later twice; do says "$name"; done
says layers/low
holds image/etc/ok/x x
holds image/etc/dir own
gone image/etc/x.allie-later
