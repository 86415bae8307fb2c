#!/usr/bin/env bash
# lab/run.sh [--json FILE] [--keep] [--no-boot]: plays the ten steps on a cluster of its own.
# Called by `./build.sh lab`, which installs lab/packages and makes the binary first.
set -euo pipefail
lab=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export lab
. "$lab/lib/say.sh"
. "$lab/lib/cleanup.sh"

usage() { say 'usage: lab/run.sh [--json FILE] [--keep] [--no-boot]'; }

lab_json='' lab_keep='' lab_boot=yes
while [ $# -gt 0 ]; do
  case $1 in
    --json) [ $# -gt 1 ] || { usage >&2; exit 2; }; lab_json=$(realpath -m "$2"); shift ;;
    --json=*) lab_json=$(realpath -m "${1#*=}") ;;
    --keep) lab_keep=yes ;;
    --no-boot) lab_boot='' ;;
    -h | --help) usage; exit ;;
    *) say "lab: unknown argument '$1'" >&2; usage >&2; exit 2 ;;
  esac
  shift
done
binary=$(realpath "${ALLIE_BINARY:-$lab/../out/allie}")
export lab_json lab_keep lab_boot binary
export ALLIE_LAB_CACHE=${ALLIE_LAB_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/allie-lab}

[ "$(id -u)" = 0 ] || die 'needs root, for loop devices, mounts and namespaces of its own'
[ -x "$binary" ] || die "there is no $binary: run ./build.sh lab, or ./build.sh publish first"
for tool in apt-ftparchive ip mkfs.vfat mmdebstrap qemu-system-x86_64 rsync sfdisk ssh-keygen systemd-nspawn; do
  command -v "$tool" >/dev/null || die "$tool is not installed: ./build.sh lab installs what lab/packages names"
done

top=$(mktemp -d "${TMPDIR:-/tmp}/allie-lab.XXXXXX")
export top
mkdir "$top/work"
mkfifo "$top/out"
cat "$top/out" &
relay=$!
setsid "$lab/lib/reaper.sh" $$ >"$top/out" 2>&1 </dev/null &
reaper=$!
trap 'kill "$reaper" 2>/dev/null && wait "$reaper"; clean_up' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

until [ -s "$top/rc" ] || ! kill -0 "$reaper" 2>/dev/null; do sleep 0.2; done
if [ -e "$top/kept" ]; then
  trap - EXIT
  sleep 0.3
  kill "$relay"
  say "The cluster stays. Enter a PC:  $lab/enter pc2       End the cluster:  kill $reaper"
  exit "$(cat "$top/rc")"
fi
rc=0
wait "$reaper" || rc=$?
wait "$relay" || :
exit "$rc"
