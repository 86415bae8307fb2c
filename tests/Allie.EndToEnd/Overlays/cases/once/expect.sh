# shellcheck shell=bash
exits 0 0 0
holds image/etc/there own
holds image/etc/new mine
gone image/etc/new.allie-once
