# shellcheck shell=bash
# shellcheck disable=SC2154
exits 0 1 1 1 0
for run in 2 3; do
  for place in etc/y etc/new etc/gone etc/d; do
    grep -q "left as it is: /$place (layer f18): the server could not read it: Permission denied (13); mend overlays/f18/etc/" "err.$run" || fail "run $run does not name $place"
  done
  grep -qF 'left as it is: /etc/odd\xff" (in pc1): (layer f18)' "err.$run" || fail "run $run does not name the odd one"
done
grep -q "/etc/over (layer all): the server could not read it: .*; layer f18 decides this path" err.2 || fail "the lower layer's file is not named"
holds over high
holds first "$(printf '2\n1\n1\nown')"
same first second 'the second run changed something'
grep -q "cannot be applied: /etc/y (layer f18)" err.4 || fail "verify does not say that the file is not known"
holds image/etc/x 2
holds image/etc/y 22
holds image/etc/new 2
holds "image/etc/$name" 2
holds image/etc/d/in 1
gone image/etc/gone
gone image/var/lib/allie/layers/refused
