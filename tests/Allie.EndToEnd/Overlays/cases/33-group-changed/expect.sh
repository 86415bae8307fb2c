# shellcheck shell=bash
exits 0 0
holds image/etc/only-a own
gone image/etc/new-a
holds image/etc/both b
holds image/etc/new-b b
