# Boots a tree as a machine: a real systemd in its own namespaces, reached by ssh alone.
# shellcheck shell=bash

# own_cgroup NAME: two systemds in one control group would end each other's services.
own_cgroup() {
  local top
  for top in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    [ -w "$top/cgroup.procs" ] || continue
    mkdir -p "$top/$lab_id/$1"
    printf '%s\n' "$BASHPID" >"$top/$lab_id/$1/cgroup.procs"
  done
}

# The mount of a PC's root is in that PC's own mount namespace: in ours, each machine started later would keep
# a copy of it, and the disk with it.
boot_machine() { # boot_machine NAME DEVICE OPTION...: DEVICE is mounted as its root, "" when that is a directory
  local name=$1 device=$2
  shift 2
  (
    own_cgroup "$name"
    # shellcheck disable=SC2016  # the inner shell expands these
    exec unshare -m --propagation private sh -ec \
      'root=$1 device=$2; shift 2; [ -z "$device" ] || mount "$device" "$root"; exec systemd-nspawn --directory="$root" "$@"' \
      sh "$work/$name/root" "$device" --quiet --boot --machine="$name" \
      --register=no --keep-unit --network-namespace-path="/run/netns/$name" --kill-signal=SIGRTMIN+3 \
      --link-journal=no --timezone=off --resolv-conf=off --console=read-only \
      --capability=CAP_SYS_ADMIN,CAP_MKNOD "$@"
  ) >"$work/$name/console.log" 2>&1 </dev/null &
  printf '%s\n' "$!" >"$work/$name/pid"
}

# on MACHINE COMMAND: what the administrator would get by typing COMMAND there.
on() {
  local name=$1
  shift
  timeout "${on_timeout:-300}" ssh -n -F "$work/ssh/config" "$name" "$@"
}

wait_up() {
  local name
  for name; do
    wait_for 90 "$name to answer by ssh" on "$name" true || { tail -n 15 "$work/$name/console.log" >&2; return 1; }
  done
}

power_off() { # power_off NAME: cleanly, and wait until it is off
  on "$1" systemctl poweroff 2>/dev/null || :
  wait_for 60 "$1 to power off" test ! -d "/proc/$(cat "$work/$1/pid")"
}
