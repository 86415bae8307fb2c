#!/bin/bash
# boots.sh BINARY WORK REPOSITORY RELEASE TAR: a lived-in tree is booted, blandified, personalised for two PCs and booted as each of them.
# Prints "check NAME: ok" or "check NAME: FAILED: why", which the test reads.
# Run under: unshare -m -n -p -u -i --fork --kill-child=KILL --mount-proc --propagation private
set -uo pipefail
binary=$1 work=$2 repository=$3 release=$4 tar=$5
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../../../lab/lib/say.sh
. "$repository/lab/lib/say.sh"
# shellcheck source=../../../lab/lib/machine.sh
. "$repository/lab/lib/machine.sh"
# shellcheck source=trees.sh
. "$here/trees.sh"
# shellcheck source=lived-in.sh
. "$here/lived-in.sh"
# shellcheck disable=SC2034  # own_cgroup of the lab's machine.sh reads it
lab_id=${work##*/}

check() { # check NAME COMMAND...: the command's exit code decides
  local name=$1 said
  shift
  if said=$("$@" 2>&1); then echo "check $name: ok"; else echo "check $name: FAILED: $(tail -n 6 <<<"$said" | tr '\n' ' ')"; fi
}

same() { [ "$1" = "$2" ] || { echo "expected: $1"; echo "found: $2"; return 1; }; }

# One bridge; every machine's eth0 is down and has no address: the image's own network must do that.
lay_network() {
  local name
  mkdir -p /run/netns
  mount -t tmpfs netns /run/netns
  mount --make-shared /run/netns
  ip link set lo up
  ip link add br0 type bridge
  ip link set br0 up
  ip address add 10.78.0.1/24 dev br0
  for name; do
    ip netns add "$name"
    ip link add "v$name" type veth peer name eth0 netns "$name"
    ip link set "v$name" master br0 up
  done
}

inside() { # inside MACHINE COMMAND...: in the booted system, beside its own processes
  local name=$1
  shift
  nsenter -t "$(cat "$work/$name/leader")" -m -u -i -n -p -- "$@"
}

leader_of() { pgrep -x -P "$(cat "$work/$1/pid")" systemd >"$work/$1/leader"; }
is_settled() { [[ $(inside "$1" systemctl is-system-running) =~ running|degraded ]]; }

start() { # start MACHINE: its root is made already
  boot_machine "$1" "" --capability=CAP_NET_ADMIN,CAP_NET_RAW
  if ! wait_for 60 "$1 to start" leader_of "$1" || ! wait_for 120 "$1 to settle" is_settled "$1"; then
    tail -n 20 "$work/$1/console.log"
    return 1
  fi
}

stop() { # stop MACHINE
  inside "$1" systemctl --no-block poweroff >/dev/null 2>&1
  wait_for 30 "$1 to power off" test ! -d "/proc/$(cat "$work/$1/pid")" || kill "$(cat "$work/$1/pid")"
}

failed_units() { inside "$1" systemctl list-units --failed --plain --no-legend | cut -d' ' -f1 | sort; }
no_new_failures() { local new; new=$(comm -13 "$work/golden/failed" <(failed_units "$1")); same '' "$new" || { inside "$1" systemctl status --no-pager "$new" | tail -n 5; return 1; }; }
keys_of() { cut -d' ' -f1,2 "$1"/etc/ssh/ssh_host_*_key.pub | sort; }
offered_keys() { ssh-keyscan -T 5 -t rsa,ecdsa,ed25519 "$1" 2>/dev/null | cut -d' ' -f2,3 | sort; }
offers_all() { [ "$(offered_keys "$1" | wc -l)" = 3 ]; }

declare -A unit=([ifupdown]=networking [network-manager]=NetworkManager [netplan.io]=systemd-networkd)

# as_pc NAME BACKEND ADDRESS: the blandified image as that PC's
as_pc() {
  local name=$1 backend=$2 address=$3 old=$work/$1-old root=$work/$1/root id
  pc_identity "$old" "$name" "$backend" "$address"
  mkdir -p "$work/$name/upper" "$work/$name/work" "$root"
  mount -t overlay overlay -o "lowerdir=$work/image,upperdir=$work/$name/upper,workdir=$work/$name/work" "$root"
  id=$(cat "$old/etc/machine-id")

  "$binary" personalise --root "$root" --from "$old" --label "$release~2" -n >"$work/$name/plan" 2>&1
  check "$name: the dry run says 3" same 3 $?
  check "$name: personalise" "$binary" personalise --root "$root" --from "$old" --label "$release~2"
  "$binary" personalise --root "$root" --from "$old" --label "$release~2" -n >"$work/$name/again" 2>&1
  check "$name: a second run has nothing to do" same 0 $?
  check "$name: its seed was not carried" test ! -e "$root/var/lib/systemd/random-seed"
  check "$name: fstab" same "LABEL=$release~2 LABEL=data-$name" "$(awk '$2 == "/" || $2 == "/srv/data" { print $1 }' "$root/etc/fstab" | paste -sd' ')"
  check "$name: its keytab" cmp "$old/etc/krb5.keytab" "$root/etc/krb5.keytab"

  local begun=$SECONDS
  check "$name: it starts" start "$name"
  echo "took $name: $((SECONDS - begun)) s until it settled"
  wait_for 20 "$name to answer" offers_all "$address" || inside "$name" journalctl -b --no-pager -n 30 >&2
  check "$name: sshd offers the PC's keys" same "$(keys_of "$old")" "$(offered_keys "$address")"
  check "$name: its machine-id" same "$id $id" "$(inside "$name" cat /etc/machine-id /var/lib/dbus/machine-id | paste -sd' ')"
  check "$name: its name" same "$name" "$(inside "$name" cat /proc/sys/kernel/hostname)"
  check "$name: its journal is under its id" inside "$name" test -d "/run/log/journal/$id" -o -d "/var/log/journal/$id"
  check "$name: ${unit[${networks[$release]}]} is up" inside "$name" systemctl is-active "${unit[${networks[$release]}]}"
  check "$name: its address, and no other" same "$address/24" "$(inside "$name" ip -4 -o address show dev eth0 | awk '{ print $4 }' | paste -sd' ')"
  check "$name: its gateway" grep -q 'via 10.78.0.1' <<<"$(inside "$name" ip route show default)"
  check "$name: no unit failed that did not fail on the golden PC" no_new_failures "$name"
  stop "$name"
}

lay_network golden alpha beta
mkdir -p "$work/golden/root"
tar --xattrs --xattrs-include='*' --numeric-owner -xpf "$tar" -C "$work/golden/root"
for timer in apt-daily.timer apt-daily-upgrade.timer fstrim.timer dpkg-db-backup.timer; do ln -sf /dev/null "$work/golden/root/etc/systemd/system/$timer"; done
live_in "$work/golden/root" "$release"
cp -a "$work/golden/root" "$work/image"

check 'the golden PC starts' start golden
failed_units golden >"$work/golden/failed"
echo "golden PC: failed units: $(paste -sd' ' "$work/golden/failed")"
stop golden

"$binary" image blandify --tree "$work/image" --label "$release" >"$work/blandify.log" 2>&1
check 'blandify' test -s "$work/blandify.log"
check 'no key of the golden PC is left' sh -c "! ls $work/image/etc/ssh/ssh_host_* 2>/dev/null"
other=networkd
[ "$release" = bookworm ] || other=ifupdown
as_pc alpha "${networks[$release]}" 10.78.0.11
as_pc beta "$other" 10.78.0.12
echo "boots: end"
