# shellcheck shell=bash
exits 1
says /etc/there
says layers/low
holds image/etc/there file
holds image/etc/y y
