# shellcheck shell=bash
exits 1
says x.allie.allie-once
holds image/etc/y x
gone image/etc/x
gone image/etc/x.allie
