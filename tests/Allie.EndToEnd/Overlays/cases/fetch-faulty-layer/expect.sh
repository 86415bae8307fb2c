# shellcheck shell=bash

exits 0 1 1 1 0
for run in 2 3 4; do
  grep -q 'layer f18: it is a link to nothing' "err.$run" || fail "run $run does not name the link"
  grep -q 'layer group/g/all: it is no directory' "err.$run" || fail "run $run does not name the file"
done
grep -q 'nothing is withdrawn this time' err.3 || fail 'it is not said that nothing is withdrawn'
holds cached "$(printf '2\n1\n1')"
holds wiped "$(printf '2\n1\n1\n3')"
same wiped again 'what has no copy was withdrawn by the run after'
gone image/etc/all
holds image/etc/f18 1
