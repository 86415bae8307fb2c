#!/usr/bin/env bash
# The cluster from its first wire to the last step. Runs as the first process of the lab's namespaces.
set -euo pipefail
. "$lab/lib/all.sh"
start=$(now)

finish() { # finish RC: the last line, the JSON, and the cluster's end or its keeping
  local rest=$((10 - steps_ok - steps_failed)) seconds
  seconds=$(since "$start")
  [ -z "$lab_json" ] || write_json "$lab_json" "$seconds"
  say "total: $seconds s"
  say "ten steps: $steps_ok ok, $steps_failed failed$([ "$rest" = 0 ] || printf ', %s not run' "$rest")"
  [ -z "$lab_keep" ] || touch "$top/kept"
  printf '%s\n' "$1" >"$top/rc"
  [ -n "$lab_keep" ] || exit "$1"
  exec >/dev/null 2>&1
  while :; do sleep 3600; done
}

say 'cluster: making a server, golden, pc1 and pc2'
lay_network
make_admin
make_server
for pc in "${pcs[@]}"; do make_pc "$pc"; done
boot_server
for pc in "${pcs[@]}"; do boot_pc "$pc"; done
wait_up "${machines[@]}"
say "cluster: up ($(since "$start") s)"
say

run_step 'prelude' "$lab/steps/00-old-image.sh" || finish 1
for file in "$lab"/steps/[0-9][0-9]-*.sh; do
  number=${file##*/}
  number=$((10#${number%%-*}))
  [ "$number" != 0 ] || continue
  if run_step "step $number" "$file"; then
    steps_ok=$((steps_ok + 1))
  else
    steps_failed=$((steps_failed + 1))
    finish 1
  fi
done
if [ -n "$lab_boot" ]; then run_step 'boot' "$lab/steps/boot.sh" || finish 1; fi
finish 0
