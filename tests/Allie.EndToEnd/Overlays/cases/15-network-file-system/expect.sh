# shellcheck shell=bash
exits 1 1 0
for run in 1 2; do
  grep -qF '/home/motd' "err.$run" || fail 'the path is not named'
  grep -qF 'allow-nfs' "err.$run" || fail 'it does not say what to do'
done
holds image/etc/x x
holds image/home/motd x
holds image/home/user/.config/x x
