# shellcheck shell=bash
exits 1
for top in proc sys dev run; do
  says "/$top/"
  [ -z "$(ls -A "image/$top")" ] || fail "something came into /$top"
done
holds image/etc/x 1
