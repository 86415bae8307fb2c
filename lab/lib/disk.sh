# A PC's own disk: GPT in a sparse file, seen through a loop device that goes when the lab goes.
# shellcheck shell=bash

slot_size=1600MiB

# part PC NAME: the device node of one partition of that PC, by its GPT name.
part() {
  local number=0 name
  for name in biosboot ESP base allie-a allie-b swap; do
    number=$((number + 1))
    [ "$name" != "$2" ] || { printf '%sp%s\n' "$(cat "$work/$1/loop")" "$number"; return; }
  done
  return 1
}

make_disk() { # make_disk PC: the table and the empty file systems
  local image=$work/$1/disk
  truncate -s 5G "$image"
  sfdisk -q "$image" <<TABLE
label: gpt
size=1MiB, type=21686148-6449-6E6F-744E-656564454649, name=biosboot
size=64MiB, type=U, name=ESP
size=1500MiB, type=L, name=base
size=$slot_size, type=L, name=allie-a
size=$slot_size, type=L, name=allie-b
size=64MiB, type=S, name=swap
TABLE
  attach_disk "$1"
  mkfs.vfat -n ESP "$(part "$1" ESP)" >/dev/null
  mkfs.ext4 -q -L base "$(part "$1" base)"
  mkswap -q -L swap "$(part "$1" swap)"
}

# attach_disk PC: a sleeping child holds the loop device open, and `losetup -d` has it cleared as soon as
# nobody does: whatever ends the lab, and however, takes the device and its partition nodes along.
attach_disk() {
  local lock held
  exec {lock}>"$cache/.loop.lock"
  flock "$lock"
  loop=$(losetup -P -f --show "$work/$1/disk")
  exec {held}<>"$loop"
  partx -a "$loop" 2>/dev/null || partx -u "$loop"
  losetup -d "$loop"
  exec {lock}>&-
  (exec sleep infinity >/dev/null 2>&1) &
  printf '%s\n' "$!" >"$work/$1/holder"
  exec {held}>&-
  printf '%s\n' "$loop" >"$work/$1/loop"
}

detach_disk() { # detach_disk PC, which is off: after this the file has no loop device any more
  kill "$(cat "$work/$1/holder")"
  wait_for 20 "the loop device of $1 to go" detached "$work/$1/disk"
}

detached() { [ -z "$(losetup -n -O NAME -j "$1")" ]; }
