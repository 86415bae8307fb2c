# A PC: the base tree on its base partition, with GRUB on its own disk.
# shellcheck shell=bash

make_pc() { # make_pc NAME
  local name=$1 root=$work/$1/root
  mkdir -p "$root"
  make_disk "$name"
  mount "$(part "$name" base)" "$root"
  unpack_base "$root"
  dress "$name" "$root"
  cat >"$root/etc/fstab" <<'FSTAB'
LABEL=base / ext4 defaults,errors=remount-ro 0 1
LABEL=swap none swap sw,nofail 0 0
FSTAB
  cat >"$root/etc/allie-image" <<'IMAGE'
name = "deb12"
generation = 1
captured = "2023-06-10T12:00:00Z"
from = "installer"
IMAGE
  cat >>"$root/etc/default/grub" <<'GRUB'
GRUB_TIMEOUT=20
GRUB_CMDLINE_LINUX="console=ttyS0 panic=30"
GRUB_TERMINAL=serial
GRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"
GRUB_DISABLE_OS_PROBER=true
GRUB
  quietly "$work/$name/grub.log" install_grub "$name" "$root"
  umount "$root"
}

# The PC's own grub-install and grub-mkconfig write its boot area, as its installer would have done. Their /dev
# has this disk alone, and the by-uuid link that makes grub-mkconfig name the root by UUID.
install_grub() {
  local name=$1 root=$2 loop uuid
  loop=$(cat "$work/$name/loop")
  uuid=$(blkid -o value -s UUID "$(part "$name" base)")
  mount -t tmpfs -o mode=755 dev "$root/dev"
  cp -a /dev/null /dev/zero /dev/urandom "$loop" "$loop"p[1-6] "$root/dev/"
  mkdir -p "$root/dev/disk/by-uuid"
  ln -s "$(part "$name" base)" "$root/dev/disk/by-uuid/$uuid"
  mount --bind /proc "$root/proc"
  mount --bind /sys "$root/sys"
  chroot "$root" grub-install --target=i386-pc "$loop"
  chroot "$root" grub-mkconfig -o /boot/grub/grub.cfg
  umount "$root/sys" "$root/proc" "$root/dev"
  grep -q custom.cfg "$root/boot/grub/grub.cfg"
  grep -q "root=UUID=$uuid" "$root/boot/grub/grub.cfg"
}

boot_pc() { # boot_pc NAME: the PC sees its own disk and nothing of the others'
  local name=$1 node binds=()
  for node in "$(cat "$work/$name/loop")"{,p1,p2,p3,p4,p5,p6}; do binds+=("--bind=$node"); done
  [ "$name" != golden ] || binds+=("--bind-ro=$debs_trixie:/srv/debs")
  boot_machine "$name" "$(part "$name" base)" "${binds[@]}"
}
