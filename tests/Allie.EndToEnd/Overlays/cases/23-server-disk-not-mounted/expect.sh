# shellcheck shell=bash
[ "$(cat code.1)$(cat code.4)" = 00 ] || fail 'the good runs failed'
same applied kept 'it was taken for a withdrawal'
silent
