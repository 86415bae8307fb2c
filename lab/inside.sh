#!/usr/bin/env bash
# The first process of the lab's own namespaces. The cache is filled with the machine's network; the rest has none.
set -euo pipefail
. "$lab/lib/all.sh"
fill_cache

# About 4 GB of disks and trees: in memory where there is plenty, else below TMPDIR.
available=$(awk '$1 == "MemAvailable:" { print int($2 / 1024) }' /proc/meminfo)
if [ "$available" -ge 9000 ]; then
  mount -t tmpfs -o size=8G,mode=755 lab "$work"
else
  free=$(df -m --output=avail "$work" | tail -n 1)
  [ "$free" -ge 8000 ] || die "needs 8 GB free below $work or 9 GB of free memory: found $free MB and $available MB"
fi
mount -t tmpfs -o mode=755 run /run
exec unshare -n bash "$lab/cluster.sh"
