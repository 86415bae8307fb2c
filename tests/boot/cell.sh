#!/bin/bash
# cell.sh METHOD WHAT: one real start in QEMU. METHOD: grub-bios grub-uefi systemd-boot boot-next extlinux kexec; WHAT: healthy (it confirms
# itself: it stays), unhealthy (a check of its own fails: the PC comes back and knows which), silent (it does not: the PC comes back), missing (its kernel file is gone: the PC comes back), moved (GRUB only: it stays,
# GRUB's files are moved into it, and the old ones are removed: it still starts).
# shellcheck disable=SC2154 # kernel.sh and disk.sh set what they share
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
method=$1 what=$2
: "${ALLIE_BINARY:?the published binary}"
ALLIE_BINARY=$(realpath "$ALLIE_BINARY")
export PATH="$PATH:/usr/sbin:/sbin" MTOOLS_SKIP_CHECK=1
# shellcheck source=kernel.sh
. "$here/kernel.sh"
# shellcheck source=disk.sh
. "$here/disk.sh"
work=$(mktemp -d -p "${TMPDIR:-/tmp}" allie-boot-XXXXXX)
disk=$work/disk emulator=
trap '[ -z "$emulator" ] || kill "$emulator" 2>/dev/null || :; wait; rm -rf --one-file-system "$work"' EXIT

export legacy=''
[ "$method" != extlinux ] || legacy=yes
fetch_kernel
make_initramfs "$work/initramfs.img"
options=''
[ "$method" != boot-next ] || options='--method boot-next'
make_tree "$work/base" "$method" "$what" "$options"
make_tree "$work/slot" "$method" "$what" "$options"
make_slot "$work/slot"
if [ "$what" = unhealthy ]; then
  mkdir -p "$work/slot/etc/allie/check/required.d"
  printf '#!/bin/sh\necho no printer >&2\nexit 7\n' >"$work/slot/etc/allie/check/required.d/10-printer"
  chmod 755 "$work/slot/etc/allie/check/required.d/10-printer"
fi
make_table
firmware=bios
case $method in
  grub-bios | kexec) grub_cfg "$work/base"; bios_grub; [ "$what" != moved ] || grub_install_program "$work/slot" ;;
  grub-uefi | boot-next) firmware=uefi; grub_cfg "$work/base"; uefi_grub ;;
  systemd-boot) firmware=uefi; systemd_boot ;;
  extlinux) extlinux_conf "$work/base"; extlinux_program "$work/base"; extlinux_program "$work/slot" ;;
esac
file_system "$work/base" "$base_uuid" base "$base_start"
file_system "$work/slot" "$slot_uuid" deb13 "$slot_start"
put_esp
[ "$method" != extlinux ] || extlinux_install

case $what in
  healthy) expected='base b b' default='slot b' ;;
  silent | unhealthy) expected='base b base' default='what this PC booted before ALLiE' ;;
  missing) expected='base base' default='what this PC booted before ALLiE' ;;
  moved) expected='base b b b' default='slot b' ;;
esac
machine=(-machine pc)
if [ $firmware = uefi ]; then
  cp /usr/share/OVMF/OVMF_VARS_4M.fd "$work/vars"
  machine=(-machine q35 -drive "if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd" -drive "if=pflash,format=raw,file=$work/vars")
fi
serial=$work/serial
start=$SECONDS
: >"$serial"
# TCG: not every /dev/kvm can run a stock kernel, and these are small
nice qemu-system-x86_64 "${machine[@]}" -accel tcg,thread=multi -m 512 -smp 1 -nodefaults -display none -serial "file:$serial" \
  -drive "file=$disk,if=virtio,format=raw,cache=unsafe" >"$work/qemu.log" 2>&1 &
emulator=$!
wanted=$(wc -w <<<"$expected")
ups() { { grep -aoE 'BOOT-TEST up [a-z]+' "$serial" || :; } | awk '{ print $3 }' | paste -sd' '; }
ended() { grep -aqE "BOOT-TEST end" "$serial" && [ "$(grep -acE 'BOOT-TEST up' "$serial")" -ge "$wanted" ] && tail -c 300 "$serial" | grep -aq 'BOOT-TEST end'; }
until ended; do
  if ! kill -0 "$emulator" 2>/dev/null || [ $((SECONDS - start)) -gt "${ALLIE_BOOT_LIMIT:-240}" ]; then break; fi
  sleep 0.5
done
kill "$emulator" 2>/dev/null || :
seen=$(ups | cut -d' ' -f"1-$wanted")
told=$({ grep -aoE 'BOOT-TEST default .*' "$serial" || :; } | tail -n 1 | tr -d '\r' | cut -d' ' -f3-)
why=yes # the old image must know why
[ "$what" != unhealthy ] || why=$(grep -ac 'failed  *deb13 generation 2 .*10-printer: ended with 7: no printer' "$serial" || :)
if [ "$seen" = "$expected" ] && [ "$told" = "$default" ] && [ "$why" != 0 ]; then
  echo "ok      $method $what: $seen; starts from now on: $told ($((SECONDS - start)) s)"
else
  echo "FAILED  $method $what: started '$seen', expected '$expected'; default '$told', expected '$default' ($((SECONDS - start)) s)"
  tail -c "${ALLIE_BOOT_TAIL:-4000}" "$serial" | LC_ALL=C tr -cd '\040-\176\n' | sed 's/^/  | /'
  exit 1
fi
