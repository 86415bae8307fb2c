# shellcheck shell=bash
exits 1
says /etc/bound
holds other mounted
holds image/etc/x x
