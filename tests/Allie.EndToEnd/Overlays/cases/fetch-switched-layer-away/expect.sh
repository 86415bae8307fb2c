# shellcheck shell=bash

exits 0 1
says 'layer f18 is a link to'
holds image/etc/a 1
holds image/etc/x x
