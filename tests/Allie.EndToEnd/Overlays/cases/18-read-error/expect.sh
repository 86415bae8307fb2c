# shellcheck shell=bash
exits 0 1
grep -q 'EIO.*INJECTED' injected || fail 'no error was injected'
grep -q 'left as it is: /etc/y (layer all): the server could not read it: Input/output error (5)' err.2 || fail 'the file is not named'
holds image/etc/x 2
cmp before.y image/etc/y || fail 'the file was touched'
