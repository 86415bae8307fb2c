# shellcheck shell=bash
exits 0 1 0 1 1 1 0
for run in 2 4 5 6; do
  grep -q 'left as it is: layer f18: it has vanished or become empty on the server, and its copy of the last fetch is gone; what came from it stays' "err.$run" || fail "run $run does not name the image's layer"
done
for run in 2 4; do
  grep -q 'layer group/g/all: it has vanished' "err.$run" || fail "run $run does not name the group's layer"
done
for run in 5 6; do grep -q 'what came from layers of groups and of this PC alone stays' "err.$run" || fail "run $run does not say that the groups are not known"; done
head -n 5 first > files
holds files "$(printf 'a all\nboth f18\nf f18\nnew/f f18\ng g')"
if grep -q gone first; then fail 'what was withdrawn from a layer that is there has stayed'; fi
same first second 'the run after changed something'
same first third 'without the hosts line something changed'
holds image/etc/a all
holds image/etc/both all
gone image/etc/f
gone image/etc/new
gone image/etc/g
[ ! -s image/var/lib/allie/origins ] || ! grep -qa f18 image/var/lib/allie/origins || fail 'the layer is still noted'
