# shellcheck shell=bash
exits 1
says /var/lib/allie
holds image/etc/x x
gone image/var/lib/allie/undo/etc/x
