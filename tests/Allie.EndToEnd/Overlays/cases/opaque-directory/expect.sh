# shellcheck shell=bash
exits 0 0
[ "$(cd image/etc/d && echo *)" = 'b t' ] || fail "there is: $(ls -A image/etc/d)"
holds image/etc/d/b high
holds image/etc/d/t top
is image/etc/d 'directory 750 3:4'
holds image/etc/e/x own
gone image/etc/d/.wh..wh..opq
echo stranger > image/etc/d/stranger
apply low high top
gone image/etc/d/stranger
rm image/var/lib/allie/undo/etc/d/stranger 2>/dev/null || :
twice_is_once low high top
apply low
holds image/etc/d/low low
holds image/etc/d/a own
holds image/etc/d/b low
