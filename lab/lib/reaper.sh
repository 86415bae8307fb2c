#!/usr/bin/env bash
# reaper.sh RUN: holds the lab's namespaces, and takes all away when they end, or when process RUN ends without
# having said that the cluster is kept. Whichever process of the lab is killed, and however, the rest follows:
# the namespaces' first process dies with this one, and everything in them with it.
set -uo pipefail
run=$1

. "$lab/lib/cleanup.sh"

clean() {
  kill -KILL "$space" 2>/dev/null
  wait "$space" 2>/dev/null
  clean_up
}

trap 'clean; exit 143' TERM INT HUP
setpriv --pdeathsig KILL unshare -m -p -u -i --fork --kill-child=KILL --mount-proc --propagation private \
  bash "$lab/inside.sh" &
space=$!
exec >/dev/null 2>&1
while kill -0 "$space" 2>/dev/null; do
  # For lab/enter: the namespaces' first process, as this machine numbers it.
  [ -s "$top/pid" ] || grep -l "^PPid:[[:space:]]*$space\$" /proc/[0-9]*/status | cut -d/ -f3 >"$top/pid"
  [ -e "$top/kept" ] || kill -0 "$run" 2>/dev/null || { clean; exit 137; }
  sleep 0.2
done
wait "$space"
rc=$?
clean
exit "$rc"
