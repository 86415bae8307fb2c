# shellcheck shell=bash
exits 1 1
if last | grep -qP '\x1b'; then fail 'an escape sequence was printed'; fi
if grep -qx 'allie: done' out.* err.*; then fail 'a name made a line of its own'; fi
