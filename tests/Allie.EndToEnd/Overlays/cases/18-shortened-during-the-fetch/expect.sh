# shellcheck shell=bash
exits 0 1 0
grep -q ' = 0 (INJECTED' injected || fail 'no end of file was injected'
grep -qF 'kept changing on the server while they were fetched (overlays/all/etc/y: it became shorter while it was read); nothing was applied' err.2 || fail 'it does not say what moved'
[ "$(cat first.x)" = 1 ] || fail 'something was applied of a torn tree'
holds image/etc/x 2
cmp server/overlays/all/etc/y image/etc/y || fail 'the next run did not take it'
