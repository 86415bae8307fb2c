# shellcheck shell=bash

exits 0 0 0 0
silent
holds own 'pc-pc1 1'
holds shared 'pc 1'
holds all 1
