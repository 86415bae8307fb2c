# shellcheck shell=bash
exits 1 0 1 1 1 0
for run in 1 3 4 5; do
  grep -qE '/etc/(d{250}/){15}d{250} \(layer .*\): the path is too long, 4019 bytes; 4000 is the most: shorten' "err.$run" || fail "run $run does not name the path"
done
holds image/etc/x 2
(cd image/etc || exit; for _ in {1..15}; do cd d* || exit; done; [ "$(ls)" = fits ] || fail "$(ls)"; holds fits in)
