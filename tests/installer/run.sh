#!/bin/bash
# run.sh [bios|uefi]. One real installation: Debian's packaged netboot installer, started in QEMU with our kernel line and our preseed file, onto the slot of
# a PC that has a base system. Then: every other part of the disk is what it was, the base system starts by the PC's own boot loader, and
# what was installed starts too. The machine reaches two things, both on loopback: a mirror and `allie installer serve`.
# shellcheck disable=SC2154 # the sourced files set what they share
set -euo pipefail
tests=$(cd "$(dirname "$0")" && pwd)
here=$tests/../boot # of the boot tests' files
: "${ALLIE_BINARY:?the published binary}"
ALLIE_BINARY=$(realpath "$ALLIE_BINARY")
export PATH="$PATH:/usr/sbin:/sbin" MTOOLS_SKIP_CHECK=1 legacy=''
# shellcheck source=../boot/kernel.sh
. "$here/kernel.sh"
# shellcheck source=../boot/disk.sh
. "$here/disk.sh"
# shellcheck source=../../lab/lib/mirror.sh
. "$tests/../../lab/lib/mirror.sh"
# shellcheck source=disk.sh
. "$tests/disk.sh"
# shellcheck source=netboot.sh
. "$tests/netboot.sh"
work=$(mktemp -d -p "${TMPDIR:-/tmp}" allie-installer-XXXXXX)
disk=$work/disk started=() failed=0
trap 'for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || :; done; wait; rm -rf --one-file-system "$work"' EXIT
die() { echo "installer-test: $*" >&2; exit 1; }
check() { # check WHAT COMMAND...
  local what=$1
  shift
  if "$@" >"$work/said" 2>&1; then echo "ok      $what"; else echo "FAILED  $what"; sed 's/^/  | /' "$work/said"; failed=1; fi
}
firmware=${1:-bios}
case $firmware in
  bios) pc=(-machine pc) ;;
  uefi)
    cp /usr/share/OVMF/OVMF_VARS_4M.fd "$work/vars"
    pc=(-machine q35 -drive "if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd" -drive "if=pflash,format=raw,file=$work/vars")
    ;;
  *) die "a PC starts by bios or uefi, not by '$firmware'" ;;
esac
suite=trixie mirror=10.0.2.100 files=10.0.2.101
log=${ALLIE_INSTALLER_LOG:-$work/install.log}

debian=$(lab_mirror)
mkfifo "$work/port"
"$tests/mirror.py" "${ALLIE_INSTALLER_CACHE:-$HOME/.cache/allie-installer}" "$work/lists" "debian=${debian%/}" "debian-security=$(sed 's|/*$||; s|$|-security|' <<<"$debian")" >"$work/port" 2>"$work/mirror.log" &
started+=($!)
read -r mirror_port <"$work/port"
fetch_netboot $suite 13
zcat "$images/initrd.gz" | cpio -i --quiet --to-stdout var/lib/dpkg/status >"$work/initrd-status"
mv "$work/initrd-status" "$work/lists/initrd-status"
get debian dists/$suite/Release >/dev/null
sort -u "$work/mirror.log" | sed -n 's/^stand-in /not the distribution'"'"'s own, made from ordinary packages: /p'

mkdir "$work/www"
"$ALLIE_BINARY" installer preseed --release $suite --target PARTLABEL=allie-b --url http://$mirror/debian --keyword vanilla -o "$work/www/d13.cfg" >/dev/null
line=$("$ALLIE_BINARY" installer bootline --release $suite --url http://$files/d13.cfg --keyword vanilla 2>/dev/null)
"$ALLIE_BINARY" installer serve "$work/www" --listen 127.0.0.1:0 --timeout 14400 >"$work/serve.log" 2>&1 &
started+=($!)
until grep -q '^serving' "$work/serve.log"; do kill -0 $! || die "$(cat "$work/serve.log")"; sleep 0.2; done
files_port=$(sed -n 's|.*http://127.0.0.1:\([0-9]*\)/.*|\1|p' "$work/serve.log")

fetch_kernel
make_initramfs "$work/initramfs.img"
make_disk
sums >"$work/before"
sfdisk -d "$disk" >"$work/table-before"

# What the installer asked the mirror for in vain: it would ask us now, and nobody answers.
before=$(wc -l <"$work/mirror.log")
missing() { tail -n "+$((before + 1))" "$work/mirror.log" | sed -n 's|^"GET /\(debian[^ ]*/pool/[^ ]*\) HTTP/1.1" 404.*|\1|p' | sort -u; }

# A question or an error that waits for a key; nobody is there to answer.
waits() { grep -aqE "!! ERROR|Prompt: '\?' for help|Press enter to continue|Root password:" "$1"; }

# machine LIMIT SERIAL [QEMU ARGUMENTS]: until it is off
machine() {
  local limit=$1 serial=$2
  shift 2
  timeout "$limit" nice qemu-system-x86_64 "${pc[@]}" -accel tcg,thread=multi -m 2048 -smp 2 -nodefaults -display none -serial "file:$serial" -no-reboot \
    -drive "file=$disk,if=virtio,format=raw,cache=unsafe" "$@" >"$work/qemu.log" 2>&1 &
  local emulator=$!
  started+=("$emulator")
  while kill -0 "$emulator" 2>/dev/null; do
    [ -z "$(missing)" ] || { kill "$emulator"; echo "the mirror does not have: $(missing)" >>"$work/qemu.log"; return 1; }
    ! waits "$serial" 2>/dev/null || { kill "$emulator"; echo "it waits for an answer" >>"$work/qemu.log"; return 1; }
    sleep 1
  done
  wait "$emulator"
}
to() { printf 'guestfwd=tcp:%s:80-cmd:busybox nc 127.0.0.1 %s' "$1" "$2"; }

# of this site: DHCP names no name server, updates come from the same mirror, which signs nothing, and a second kernel would only take time; a
# question that stops it is to be seen
site="netcfg/get_nameservers=10.0.2.3 apt-setup/security_host=$mirror debian-installer/allow_unauthenticated=true pkgsel/upgrade=none console=ttyS0 DEBIAN_FRONTEND=text"
start=$SECONDS
machine "${ALLIE_INSTALLER_LIMIT:-7200}" "$log" -kernel "$images/linux" -initrd "$images/initrd.gz" -append "$line $site" \
  -netdev "user,id=n,restrict=on,$(to $mirror "$mirror_port"),$(to $files "$files_port")" -device virtio-net-pci,netdev=n ||
  die "the installer did not end by itself in $((SECONDS - start)) s ($(cat "$work/qemu.log")); its last words: $(tail -c 3000 "$log" | LC_ALL=C tr -cd '\040-\176\n')"
grep -aq 'reboot: Restarting system' "$log" || die "the machine was ended from outside after $((SECONDS - start)) s"
echo "ok      the installer ran and restarted the machine after $((SECONDS - start)) s"
sums >"$work/after"
check "byte for byte as before: $(cut -d' ' -f1 "$work/before" | paste -sd' ')" diff "$work/before" "$work/after"
check 'the partition table says what it said' diff "$work/table-before" <(sfdisk -d "$disk")
check 'the file was fetched from allie installer serve' grep -q '/d13.cfg 200' "$work/serve.log"

dd if="$disk" of="$work/slot.img" bs=1M iflag=skip_bytes,count_bytes skip=$((slot_start * 512)) count=$((slot_mib << 20)) conv=sparse status=none
within() { debugfs -R "$1" "$work/slot.img" 2>/dev/null; }
check 'the slot holds a whole Debian' grep -q '^VERSION_CODENAME=trixie' <(within 'cat /usr/lib/os-release')
check 'its file system is sound' e2fsck -fn "$work/slot.img"
for package in openssh-server rsync cron linux-image-amd64; do
  check "it has $package" grep -qx "Package: $package" <(within 'cat /var/lib/dpkg/status')
done
check 'it has no boot loader' bash -c '! grep -qE "^Package: grub-(pc|efi-amd64)$"' < <(within 'cat /var/lib/dpkg/status')
check 'its initramfs is for any PC' grep -q 'MODULES=most' <(within 'cat /etc/initramfs-tools/conf.d/driver-policy'; within 'cat /etc/initramfs-tools/initramfs.conf')
check 'it has no SSH host key' bash -c '! grep -q ssh_host_' < <(within 'ls -p /etc/ssh')
check 'its fstab names no swap of the PC' bash -c '! grep -q "^[^#].*swap"' < <(within 'cat /etc/fstab')

kernel_name=$(within 'ls -p /boot' | sed -n 's|.*/\(vmlinuz-[^/]*\)/.*|\1|p' | tail -n 1)
within "dump /boot/$kernel_name $work/slot-kernel"
within "dump /boot/initrd.img-${kernel_name#vmlinuz-} $work/slot-initrd"
start=$SECONDS
machine "${ALLIE_BOOT_LIMIT:-600}" "$work/new" -kernel "$work/slot-kernel" -initrd "$work/slot-initrd" -nic none -snapshot \
  -append "root=LABEL=allie-new ro console=ttyS0 systemd.run_success_action=poweroff systemd.run=\"/bin/sh -c 'cat /etc/os-release >/dev/console'\"" || :
check "the new system starts with its own kernel ($((SECONDS - start)) s)" grep -aq '^VERSION_CODENAME=trixie' "$work/new"
start=$SECONDS
machine "${ALLIE_BOOT_LIMIT:-600}" "$work/base-again" || :
check "the base system starts by the PC's own boot loader ($((SECONDS - start)) s)" grep -aq 'INSTALLER-TEST base is up' "$work/base-again"
[ $failed = 0 ] && echo "installer-test ($firmware): ok"
exit $failed
