# shellcheck shell=bash
exits 0 5
same before-away after-away 'something was written'
[ "$(wc -l < err.2)" -le 2 ] || fail 'it says more than two lines'
