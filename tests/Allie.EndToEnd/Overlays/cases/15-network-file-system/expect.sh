# shellcheck shell=bash
exits 1 1 1 0
for run in 1 2; do
  grep -qF '/home/motd' "err.$run" || fail 'the path is not named'
  grep -qF 'allow-nfs' "err.$run" || fail 'it does not say what to do'
done
[ "$(cat returned)" -gt "$(cat ended)" ] || fail 'with allow-nfs it did not look there'
holds image/etc/y y
grep -qF '/home' err.3 || fail 'the path is not named'
! grep -qF 'allow-nfs' err.3 || fail 'allow-nfs is not heeded'
holds image/etc/x x
holds image/home/motd x
holds image/home/user/.config/x x
