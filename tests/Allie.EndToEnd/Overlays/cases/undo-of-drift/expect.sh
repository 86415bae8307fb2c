# shellcheck shell=bash
holds image/etc/a mine
says left
