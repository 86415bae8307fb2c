# shellcheck shell=bash
exits 0 1 1 1 1 0
for run in 2 3 4 5; do
  grep -q 'layer f18: the server could not read it: Permission denied (13); mend overlays/f18 there' "err.$run" || fail "run $run does not name the layer"
  grep -q 'hosts: the server could not read it: Permission denied (13)' "err.$run" || fail "run $run does not name the hosts file"
done
for run in 2 3; do
  grep -q 'layer group/g/all: the server could not read it' "err.$run" || fail "run $run does not name the group's layer"
done
grep -q 'what came from layer f18 stays: there is no earlier copy of it here' err.5 || fail 'it is not said that its files stay'
grep -q 'what came from layers of groups and of this PC alone stays' err.5 || fail 'it is not said that the groups are not known'
holds cached "$(printf '2\n1\n1')"
holds wiped "$(printf '1\n1\n2')"
gone image/etc/all
holds image/etc/f18 1
holds image/etc/group-g-all 1
