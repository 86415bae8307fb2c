# shellcheck shell=bash disable=SC2154
# Sourced by run.sh. traced COMMAND...: runs it under strace and fails when our own process (threads included) opened a shared object.
# A child that became another program (rsync) opens its own; its lines after the execve are left out.
traced_runs=0

traced() {
  strace -f -qq -e trace=openat,open,execve -o "$work/trace" "$@" >"$work/out" 2>&1 || true
  [ -s "$work/trace" ] || fail "strace saw nothing of: $*"
  if awk 'NR > 1 && /execve\(/ && !/ENOENT/ { other[$1] = 1 } !other[$1] && /\.so[."]/' "$work/trace" | grep -v ENOENT; then
    fail "a shared object was opened by: $*"
  fi
  traced_runs=$((traced_runs + 1))
}
