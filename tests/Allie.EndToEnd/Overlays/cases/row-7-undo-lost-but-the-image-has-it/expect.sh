# shellcheck shell=bash
exits 0 0 0
says '1 withdrawn file stays, as the copy of what was there before is lost'
holds image/etc/b ours
no_traces
