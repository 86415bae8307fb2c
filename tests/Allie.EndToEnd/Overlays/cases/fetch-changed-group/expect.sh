# shellcheck shell=bash

exits 0 0
gone image/etc/a
holds image/etc/b b
holds image/etc/own own
# The first visit learns from the hosts file, by the module for all, that it has one of its own.
cmp - first <<< "$(printf 'pc 1\npc-pc1 2')" || fail "first: $(cat first)"
holds changed 'pc-pc1 4'
