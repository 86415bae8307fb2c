# shellcheck shell=bash
exits 0 0
gone witness
holds image/etc/x 2
