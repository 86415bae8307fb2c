# The server: a machine without a disk of its own, with what the administrator has installed on it.
# shellcheck shell=bash

make_server() {
  local root=$work/server/root
  mkdir -p "$root/root"
  unpack_base "$root"
  dress server "$root"
  rm -rf "${root:?}"/boot/* "${root:?}"/lib/modules/*
  : >"$root/etc/fstab"
  install -D "$binary" "$root/usr/local/sbin/allie"
  mkdir -p "$root/root/bin"
  local name
  for name in rsync-newdistro-client blandify; do ln -s /usr/local/sbin/allie "$root/root/bin/$name"; done
  mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
  ln -sf /lib/systemd/system/rsync.service "$root/etc/systemd/system/multi-user.target.wants/rsync.service"
}

boot_server() { boot_machine server ""; }
