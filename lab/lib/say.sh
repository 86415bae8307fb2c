# What the lab prints, and how it gives up.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }
talk() { printf '  %s\n' "$*"; }
die() { printf 'lab: %s\n' "$*" >&2; exit 1; }

# now: seconds since some moment, with two digits.
now() { local up rest; read -r up rest </proc/uptime; printf '%s\n' "$up"; }

# since START: the seconds from START until now, with one digit.
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'; }

# quietly LOG COMMAND...: run it with all output in LOG; show the end of LOG when it fails.
quietly() {
  local log=$1 rc=0
  shift
  "$@" >>"$log" 2>&1 || rc=$?
  [ "$rc" = 0 ] && return
  printf 'lab: failed (exit %s): %s\n' "$rc" "$*" >&2
  tail -n 15 "$log" | sed 's/^/  | /' >&2
  return "$rc"
}

# wait_for SECONDS WHAT COMMAND...: try COMMAND until it succeeds; say what was waited for when it never does.
wait_for() {
  local end what=$2
  end=$((SECONDS + $1))
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || { printf 'lab: gave up waiting for %s\n' "$what" >&2; return 1; }
    sleep 0.2
  done
}
