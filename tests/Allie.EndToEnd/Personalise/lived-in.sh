# shellcheck shell=bash disable=SC2154  # networks is of trees.sh
# Sourced. What a PC gathers while people work on it, and what makes two PCs of the same release different.

# live_in TREE RELEASE: the golden PC. Its identity is in every place that blandify must find.
live_in() {
  local root=$1 release=$2
  echo golden >"$root/etc/hostname"
  printf '127.0.0.1\tlocalhost\n127.0.1.1\tgolden.lab.example golden\n10.78.0.1 nas\n' >"$root/etc/hosts"
  echo golden.lab.example >"$root/etc/mailname"
  echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
  mkdir -p "$root/var/lib/dbus" "$root/etc/udev/rules.d" "$root/var/log/journal/0123456789abcdef0123456789abcdef" "$root/etc/keys"
  rm -f "$root/var/lib/dbus/machine-id"
  cp "$root/etc/machine-id" "$root/var/lib/dbus/machine-id"
  echo 'SUBSYSTEM=="net", ATTR{address}=="52:54:00:99:99:99", NAME="eth7"' >"$root/etc/udev/rules.d/70-persistent-net.rules"
  cat >"$root/etc/fstab" <<'FSTAB'
UUID=11111111-2222-3333-4444-555555555555 / ext4 errors=remount-ro 0 1
UUID=66666666-2222-3333-4444-555555555555 none swap sw 0 0
UUID=99999999-2222-3333-4444-555555555555 /scratch ext4 defaults 0 2
FSTAB
  echo 'scratch UUID=88888888-2222-3333-4444-555555555555 /etc/keys/scratch luks,noauto' >"$root/etc/crypttab"
  head -c 512 /dev/urandom >"$root/etc/keys/scratch"
  head -c 512 /dev/urandom >"$root/var/lib/systemd/random-seed"
  chroot "$root" useradd -m -s /bin/bash ada
  echo 'ada:secret' | chroot "$root" chpasswd
  install -d -m 700 "$root/root/.ssh"
  ssh-keygen -q -t ed25519 -N '' -f "$root/root/.ssh/id_ed25519"
  echo 'ssh golden' | tee "$root/root/.bash_history" >"$root/home/ada/.bash_history"
  echo 'Nov 23 10:00:00 golden sshd[1]: Server listening' >"$root/var/log/auth.log"
  rm -f "$root"/etc/ssh/ssh_host_*
  chroot "$root" ssh-keygen -A >/dev/null
  set_network "$root" "${networks[$release]}" 10.78.0.9
}

# pc_identity DIR NAME BACKEND ADDRESS: the system that PC runs today, as far as personalising looks at it.
pc_identity() {
  local root=$1 name=$2
  mkdir -p "$root"/{usr,etc/ssh,etc/network,etc/NetworkManager/system-connections,etc/netplan,etc/systemd/network,usr/sbin,usr/lib/systemd}
  echo "$name" >"$root/etc/hostname"
  printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s.lab.example %s\n' "$name" "$name" >"$root/etc/hosts"
  tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
  printf 'LABEL=old / ext4 defaults 0 1\nLABEL=data-%s /srv/data ext4 noatime 0 2\n' "$name" >"$root/etc/fstab"
  printf 'keytab of %s' "$name" >"$root/etc/krb5.keytab"
  chmod 600 "$root/etc/krb5.keytab"
  printf '0.21 1700000000 0.0\n1700000000\nUTC\n' >"$root/etc/adjtime"
  head -c 512 /dev/urandom >"$root/seed"
  install -D -m 600 "$root/seed" "$root/var/lib/systemd/random-seed"
  ssh-keygen -A -f "$root" >/dev/null
  set_network "$root" "$3" "$4"
}

set_network() { # set_network ROOT BACKEND ADDRESS
  local root=$1 address=$3
  case $2 in
    ifupdown)
      : >>"$root/usr/sbin/ifup"
      printf 'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet static\n\taddress %s/24\n\tgateway 10.78.0.1\n' "$address" >"$root/etc/network/interfaces" ;;
    network-manager)
      : >>"$root/usr/sbin/NetworkManager"
      printf '[connection]\nid=wired\nuuid=%s\ntype=ethernet\ninterface-name=eth0\n\n[ipv4]\nmethod=manual\naddress1=%s/24,10.78.0.1\n\n[ipv6]\nmethod=disabled\n' \
        "$(cat /proc/sys/kernel/random/uuid)" "$address" >"$root/etc/NetworkManager/system-connections/wired.nmconnection"
      chmod 600 "$root/etc/NetworkManager/system-connections/wired.nmconnection" ;;
    netplan.io)
      : >>"$root/usr/sbin/netplan"
      printf 'network:\n  version: 2\n  ethernets:\n    eth0:\n      dhcp4: false\n      addresses:\n        - %s/24\n      routes:\n        - to: default\n          via: 10.78.0.1\n' \
        "$address" >"$root/etc/netplan/50-cloud-init.yaml"
      chmod 600 "$root/etc/netplan/50-cloud-init.yaml" ;;
    networkd)
      : >>"$root/usr/lib/systemd/systemd-networkd"
      printf '[Match]\nName=eth0\n\n[Network]\nAddress=%s/24\nGateway=10.78.0.1\n' "$address" >"$root/etc/systemd/network/10-lab.network" ;;
  esac
}
