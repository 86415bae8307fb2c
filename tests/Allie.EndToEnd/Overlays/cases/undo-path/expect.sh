# shellcheck shell=bash
exits 0 3 0
holds image/etc/a own
holds image/etc/b ours
holds image/opt/d/x own
gone image/opt/d/y
apply low
holds image/etc/a ours
apply none -- -y
as_before
