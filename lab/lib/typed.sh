# What a step is written with: commands as an administrator types them, and checks that can fail.
# shellcheck shell=bash

# typed MACHINE COMMAND: shows the command and runs it there; its output stays in $work/step/out.
typed() {
  local machine=$1 command=$2
  show "$machine# $command"
  said "$command" on "$machine" "$command"
}

# at_desk COMMAND...: the same, on the administrator's own computer, whose ssh knows the machines by name.
at_desk() {
  local shown=${*//"$work/"/}
  show "desk\$ ${shown//"${lab%/lab}/"/}"
  said "$*" "$@"
}
ssh() { command ssh -F "$work/ssh/config" "$@"; }
scp() { command scp -q -F "$work/ssh/config" "$@"; }
export RSYNC_RSH="ssh -F $work/ssh/config"

show() {
  printf '%s\n' "$1" >>"$work/step/commands"
  talk "$1"
}

said() { # said WHAT COMMAND...: the last lines of its output only when it fails
  local rc=0 what=$1
  shift
  "$@" >"$work/step/out" 2>&1 || rc=$?
  [ "$rc" = 0 ] && return
  talk "exit $rc: ${what%%$'\n'*}"
  tail -n 15 "$work/step/out" | sed 's/^/  | /'
  return "$rc"
}

note() { printf '%s\n' "$*" >"$work/step/note"; }

# check WHAT COMMAND...: a fact that must hold now.
check() {
  local what=$1 out
  shift
  out=$("$@" 2>&1) && return
  talk "does not hold: $what"
  [ -z "$out" ] || tail -n 10 <<<"$out" | sed 's/^/  | /'
  return 1
}

same() { diff <(printf '%s\n' "$1") <(printf '%s\n' "$2"); }

refused() { ! "$@"; }

# in_slot PC SLOT COMMAND: COMMAND with the slot's own files below /mnt, looked at on that PC, read-only.
in_slot() {
  on "$1" "mount -o ro $(part "$1" "$2") /mnt && { ( $3 ); rc=\$?; umount /mnt; exit \$rc; }"
}

# sums PC NAME...: a digest of each of these parts of the PC's disk ("mbr" is its first 446 bytes).
sums() {
  local pc=$1 name
  shift
  for name; do
    if [ "$name" = mbr ]; then head -c 446 "$(cat "$work/$pc/loop")"; else cat "$(part "$pc" "$name")"; fi |
      sha256sum | sed "s/-/$pc $name/"
  done
}

# hourly PC...: each PC's own run-parts does what its cron does at minute 17, all at the same time.
hourly() {
  local pc running=() failed=0
  for pc; do
    show "$pc# run-parts --report /etc/cron.hourly"
    on_timeout=600 on "$pc" 'cd / && run-parts --report /etc/cron.hourly' >"$work/step/$pc.out" 2>&1 &
    running+=("$!:$pc")
  done
  for pc in "${running[@]}"; do
    wait "${pc%%:*}" && continue
    failed=1
    talk "the hourly job of ${pc#*:} failed:"
    tail -n 15 "$work/step/${pc#*:}.out" | sed 's/^/  | /'
  done
  return "$failed"
}

# Which slot has the new image, by PC.
prepped() { printf '%s\n' 'pc1 b' 'pc2 a'; }
