# shellcheck shell=bash
exits 0 1
says /opt
link image/etc/dir "$CASE/outside"
link image/up ../../../../../../../../../../../../outside
[ "$(ls -A outside)" = secret ] || fail 'something was written out of the image'
holds outside/secret secret
[ -d image/opt ] || fail 'a link took the place of a directory'
