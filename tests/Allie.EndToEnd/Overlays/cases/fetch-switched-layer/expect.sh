# shellcheck shell=bash

holds idle 'pc 1'
[ "$(cat code.1 code.2 code.3 code.5)" = "$(printf '0\n0\n0\n0')" ] || fail 'a switch at rest failed'
# While it is switched all the time a visit may or may not meet one link twice; it never meets a mixture.
[ "$(wc -l < switched)" -gt 20 ] || fail 'the link was not switched'
[ "$(sort -u meanwhile | wc -l)" = 1 ] || fail "torn: $(xargs < meanwhile)"
holds image/etc/b 1
holds image/etc/only-in-1 gone
holds image/etc/x x
[ "$(echo image/var/lib/allie/layers/overlays/f18.*)" = image/var/lib/allie/layers/overlays/f18.1 ] || fail 'the other directory is still kept'
