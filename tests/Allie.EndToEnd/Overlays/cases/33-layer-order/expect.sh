# shellcheck shell=bash
exits 0 0
silent
[ "$(cat image/etc/[0-7] | xargs)" = 'all f18 group/weak/all group/strong/all group/weak/f18 group/strong/f18 host/pc1/all host/pc1/f18' ] ||
  fail "the order is: $(cat image/etc/[0-7] | xargs)"
gone image/etc/wrong
