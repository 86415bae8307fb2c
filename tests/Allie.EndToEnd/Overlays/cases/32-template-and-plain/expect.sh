# shellcheck shell=bash
exits 1
says /etc/both
says layers/low
holds image/etc/a pc1
holds image/etc/b plain
holds image/etc/both own
gone image/etc/a.allie
rm layers/low/etc/both.allie layers/low/etc/both
withdrawn_is_before
