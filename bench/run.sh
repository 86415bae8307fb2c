#!/bin/bash
# run.sh [fetch|overlay|blandify|server|server-visits]..., or a part of overlay (README): our speed beside what an administrator would use instead, interleaved in one run; medians and ratios.
# A loaded machine moves the seconds; trust the ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
export binary=$PWD/out/allie
# shellcheck source=measure.sh
. bench/measure.sh
[ $# -gt 0 ] || set -- fetch overlay blandify server server-visits

# In namespaces of its own: mounts, the loopback network and all processes are gone when it ends, also by kill -9.
if [ -z "${ALLIE_BENCH_INSIDE:-}" ]; then
  work=$(mktemp -d "${TMPDIR:-/tmp}/allie-bench.XXXX")
  trap 'rm -rf --one-file-system "$work"' EXIT
  ALLIE_BENCH_INSIDE=$work unshare -m -n -p --fork --kill-child=KILL --mount-proc --propagation private bench/run.sh "$@"
  exit
fi
ip link set lo up
subjects=()
for subject in "$@"; do
  if [ "$subject" = overlay ]; then subjects+=(overlay-{hourly,first,plan,ansible}); else subjects+=("$subject"); fi
done
for subject in "${subjects[@]}"; do
  work=$ALLIE_BENCH_INSIDE/$subject
  mkdir "$work"
  # shellcheck source=/dev/null
  . "bench/$subject.sh"
  "bench_$subject"
done
