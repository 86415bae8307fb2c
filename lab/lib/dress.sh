# Makes one machine of the cluster out of the base tree: its name, its keys, its network, its way in.
# shellcheck shell=bash

dress() { # dress NAME ROOT
  local name=$1 root=$2 unit
  printf '%s\n' "$name" >"$root/etc/hostname"
  tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
  hosts_file >"$root/etc/hosts"
  printf '[Match]\nName=eth0 ens*\n[Network]\nAddress=%s/24\n' "${address[$name]}" >"$root/etc/systemd/network/10-lab.network"
  ssh-keygen -q -t ed25519 -N '' -C "root@$name" -f "$root/etc/ssh/ssh_host_ed25519_key"
  install -d -m 700 "$root/root/.ssh"
  install -m 600 "$work/ssh/key.pub" "$root/root/.ssh/authorized_keys"
  printf '%s %s\n' "$name,${address[$name]}" "$(cut -d' ' -f1,2 "$root/etc/ssh/ssh_host_ed25519_key.pub")" >>"$work/ssh/known_hosts"
  for unit in apt-daily.timer apt-daily-upgrade.timer e2scrub_reap.service e2scrub_all.timer systemd-timesyncd.service; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
  done
}

# The administrator's own key and ssh configuration: `ssh -F` with it reaches every machine by its name.
make_admin() {
  local name
  install -d -m 700 "$work/ssh"
  ssh-keygen -q -t ed25519 -N '' -C admin -f "$work/ssh/key"
  for name in "${machines[@]}"; do
    printf 'Host %s\n  HostName %s\n' "$name" "${address[$name]}"
  done >"$work/ssh/config"
  cat >>"$work/ssh/config" <<CONFIG
Host *
  User root
  IdentityFile $work/ssh/key
  UserKnownHostsFile $work/ssh/known_hosts
  GlobalKnownHostsFile /dev/null
  IdentitiesOnly yes
  BatchMode yes
  ConnectTimeout 10
CONFIG
}

unpack_base() { tar --xattrs --xattrs-include='*' --numeric-owner -xpf "$base_tar" -C "$1"; }
