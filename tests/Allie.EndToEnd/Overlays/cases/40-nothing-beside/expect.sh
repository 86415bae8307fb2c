# shellcheck shell=bash
exits 0 0 0
[ "$(ls -A image/etc/cron.d)" = job ] || fail "beside it: $(ls -A image/etc/cron.d)"
holds image/etc/cron.d/job newer
