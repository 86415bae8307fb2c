# shellcheck shell=bash
exits 0 0 0
silent
holds image/etc/f mine
holds image/etc/d/f own
gone image/etc/d/new
