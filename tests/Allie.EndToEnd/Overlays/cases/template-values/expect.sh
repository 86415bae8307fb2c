# shellcheck shell=bash
exits 0 0 0 0
silent
cmp earlier other/etc/motd || fail "with --image: $(cat other/etc/motd)"
printf '%s\n' 'pc1 (pc1.example.org) of f18 in W210, no desk' 'gpu none' '<teaching><gpu> {{' | cmp - earlier || fail "rendered: $(cat earlier)"
grep -q W211 image/etc/motd || fail 'the new value is not there'
is image/etc/motd 'regular file 640 5:6'
gone image/etc/motd.allie
withdrawn_is_before
