# shellcheck shell=bash
[ "$(ls -A outside)" = secret ] || fail 'something was written out of the image'
holds outside/secret secret
