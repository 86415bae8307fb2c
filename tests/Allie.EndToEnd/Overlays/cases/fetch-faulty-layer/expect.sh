# shellcheck shell=bash

exits 0 1 1 1 1 0
for run in 2 3 4 5; do
  grep -q 'layer f18: it is a link to nothing' "err.$run" || fail "run $run does not name the link"
  grep -q 'layer group/g/all: it is no directory' "err.$run" || fail "run $run does not name the file"
done
grep -q 'what came from layer f18 stays: there is no earlier copy of it here' err.3 || fail 'it is not said that its files stay'
holds cached "$(printf '2\n1\n1')"
holds wiped "$(printf '1\n1\n3')"
holds unknown "$(printf '1\n1\n3\n3')"
gone image/etc/new
same wiped again 'what has no copy was withdrawn by the run after'
gone image/etc/all
holds image/etc/f18 1
