# shellcheck shell=bash disable=SC2154
# blandify on a PC's tree of 100,000 files and 3 GB, beside grep -rF with the same strings. The tree is made once, in a cache folder (ALLIE_BENCH_CACHE), and is as
# it was after each round: every round ends with an undo. All in the page cache: a disk would make both as slow as itself.

identity() { # identity TREE: what makes it one PC's
  local n
  mkdir -p "$1"/{etc/ssh,etc/udev/rules.d,etc/network,etc/NetworkManager/system-connections,usr/lib/systemd,var/lib/dbus,var/lib/systemd,var/log,root}
  echo pc07.lab.example.org >"$1/etc/hostname"
  echo 3f2a9c41d07e4b16a8c5e2907b64d1fa | tee "$1/etc/machine-id" >"$1/var/lib/dbus/machine-id"
  printf '127.0.0.1 localhost\n127.0.1.1 pc07.lab.example.org pc07\n' >"$1/etc/hosts"
  printf 'UUID=5d0c6a7e-1b2f-4c3d-8e9f-a0b1c2d3e4f5 / ext4 defaults 0 1\nUUID=7A1B-93FE /boot/efi vfat umask=0077 0 1\nUUID=c4e1f0a2-77d3-4f6b-9b0e-5a6c7d8e9f01 none swap sw 0 0\n' >"$1/etc/fstab"
  echo 'SUBSYSTEM=="net", ATTR{address}=="00:1b:21:3c:9d:f8", NAME="eth0"' >"$1/etc/udev/rules.d/70-persistent-net.rules"
  printf 'iface eth0 inet static\n  address 10.20.30.47/24\n' >"$1/etc/network/interfaces"
  for n in rsa ed25519 ecdsa; do
    rm -f "$1/etc/ssh/ssh_host_${n}_key"*
    ssh-keygen -q -t "$n" -N '' -C root@pc07 -f "$1/etc/ssh/ssh_host_${n}_key"
  done
  head -c 512 /dev/urandom >"$1/var/lib/systemd/random-seed"
  : >"$1/usr/lib/systemd/systemd"
}

strings_of() { # strings_of TREE: the same that the scan looks for, in all their forms
  local n
  cat <<'S'
pc07.lab.example.org
pc07
3f2a9c41d07e4b16a8c5e2907b64d1fa
3f2a9c41-d07e-4b16-a8c5-e2907b64d1fa
5d0c6a7e-1b2f-4c3d-8e9f-a0b1c2d3e4f5
5d0c6a7e\x2d1b2f\x2d4c3d\x2d8e9f\x2da0b1c2d3e4f5
c4e1f0a2-77d3-4f6b-9b0e-5a6c7d8e9f01
c4e1f0a2\x2d77d3\x2d4f6b\x2d9b0e\x2d5a6c7d8e9f01
7a1b-93fe
7a1b\x2d93fe
00:1b:21:3c:9d:f8
00-1b-21-3c-9d-f8
001b213c9df8
10.20.30.47
PRIVATE KEY-----
PuTTY-User-Key-File-
S
  for n in rsa ed25519 ecdsa; do
    cut -d' ' -f2 "$1/etc/ssh/ssh_host_${n}_key.pub" | sed 's/=*$//' | grep -o '.\{40\}$'
    sed -n 3p "$1/etc/ssh/ssh_host_${n}_key" | cut -c1-40
  done
}

bench_blandify() {
  local round cache=${ALLIE_BENCH_CACHE:-/var/cache/allie-bench} tree
  tree=$cache/blandify
  if [ ! -e "$tree.done" ]; then
    rm -rf --one-file-system "$tree"
    mkdir -p "$tree"
    perl bench/blandify-tree.pl "$tree"
    identity "$tree"
    touch "$tree.done"
  fi
  mkdir -p "$work/store/images/.work"
  printf 'store = "%s/store"\n' "$work" >"$work/server.toml"
  strings_of "$tree" >"$work/strings"
  echo "blandify: $(du -sm --apparent-size "$tree" | cut -f1) MB, $(find "$tree" -type f | wc -l) files, $(wc -l <"$work/strings") strings, 3 rounds"
  grep -rcF nothing-like-this "$tree" >/dev/null || true # into the page cache
  # blandify exits 3 while something is left, and grep 1 when nothing is found
  # shellcheck disable=SC2034
  for round in 1 2 3; do
    round grep-rF sh -c "LC_ALL=C grep -rF -f '$work/strings' '$tree' || true"
    round grep-rFi sh -c "LC_ALL=C grep -riF -f '$work/strings' '$tree' || true"
    round allie-whole-run sh -c "'$binary' image blandify --tree '$tree' --label f18 --config '$work/server.toml' || [ \$? = 3 ]"
    round allie-scan sh -c "'$binary' image blandify --tree '$tree' --label f18 --config '$work/server.toml' -n || [ \$? = 3 ]"
    round allie-undo "$binary" image blandify --tree "$tree" --undo --config "$work/server.toml"
  done
  report grep-rF grep-rF grep-rFi allie-scan allie-whole-run allie-undo
}
