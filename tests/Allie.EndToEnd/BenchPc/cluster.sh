# shellcheck shell=bash
# Sourced by ten-steps.sh, inside its own mount, network and process namespaces: one server and two PCs, each a network namespace.
# Everything is gone when the outer process ends, also by kill -9: mounts and networks with the namespaces, loops by autoclear.

net_up() {
  mount -t tmpfs tmpfs /run/netns 2>/dev/null || { mkdir -p /run/netns; mount -t tmpfs tmpfs /run/netns; }
  mount --make-shared /run/netns
  ip link set lo up
  ip link add br0 type bridge
  ip link set br0 up
}

machine_net() { # machine_net NAME ADDRESS
  ip netns add "$1"
  ip link add "v$1" type veth peer name eth0 netns "$1"
  ip link set "v$1" master br0 up
  ip -n "$1" addr add "$2/24" dev eth0
  ip -n "$1" link set eth0 up
  ip -n "$1" link set lo up
}

# disk NAME: a GPT disk in a loop file: base, slots a and b, swap; sets loop_NAME. The descriptor keeps the loop alive after losetup -d.
disk() {
  local image=$work/$1.img loop fd
  truncate -s 700M "$image"
  sfdisk -q "$image" <<'END'
label: gpt
size=64MiB, name=base
size=256MiB, name=allie-a
size=256MiB, name=allie-b
size=32MiB, type=S, name=swap
END
  {
    flock 9
    loop=$(losetup -P -f --show "$image")
    exec {fd}<>"$loop"
    partx -a "$loop" 2>/dev/null || partx -u "$loop"
    losetup -d "$loop"
  } 9>/run/lock/allie-test-loop
  mkfs.ext4 -q -L base "${loop}p1"
  mkswap -q -L swap "${loop}p4"
  printf -v "loop_$1" %s "$loop"
}

# pc_root NAME LOOP: a PC's running system is this machine's own userland, writes going to a tmpfs; its /dev shows its own disk alone.
pc_root() {
  local top=$work/$1 part number
  mkdir -p "$top/rw" "$top/root"
  mount -t tmpfs tmpfs "$top/rw"
  mkdir "$top/rw/upper" "$top/rw/work"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$top/rw/upper,workdir=$top/rw/work" "$top/root"
  mount -t tmpfs -o mode=755 tmpfs "$top/root/dev"
  mount -t tmpfs tmpfs "$top/root/run"
  mount -t tmpfs tmpfs "$top/root/tmp"
  for part in null zero full random urandom tty; do mknod -m 666 "$top/root/dev/$part" c "$((0x$(stat -c %t /dev/$part)))" "$((0x$(stat -c %T /dev/$part)))"; done
  ln -s /proc/self/fd "$top/root/dev/fd"
  for part in '' p1 p2 p3 p4; do
    number=$(cat "/sys/class/block/${2##*/}$part/dev")
    mknod -m 600 "$top/root$2$part" b "${number%:*}" "${number#*:}"
  done
  mount --rbind /sys "$top/root/sys"
  mount -t proc proc "$top/root/proc"
  echo "$1" >"$top/root/etc/hostname"
}

# on MACHINE COMMAND...: as typed on that machine.
on() {
  local name=$1
  shift
  if [ "$name" = server ]; then
    ip netns exec server "$@"
  else
    ip netns exec "$name" unshare -u chroot "$work/$name/root" /usr/bin/env -i PATH=/root/util:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
      sh -c 'hostname "$0"; exec "$@"' "$name" "$@"
  fi
}
