# The golden PC's disk: a base system that GRUB starts by BIOS and by UEFI, an empty slot, and neighbours that the installer would take for its own use.
# shellcheck shell=bash disable=SC2154 # run.sh and the boot tests' files set what they share

slot_mib=3072
slot_end=$((slot_start + slot_mib * 2048))
swap_start=$slot_end data_start=$((slot_end + 131072))

make_disk() {
  rm -f "$disk"
  truncate -s $(((data_start + 131072 + 2048) / 2048))M "$disk"
  sfdisk -q "$disk" <<TABLE
label: gpt
start=2048, size=2048, type=21686148-6449-6E6F-744E-656564454649, name=biosboot
start=$esp_start, size=$((esp_mib * 2048)), type=U, name=ESP
start=$base_start, size=$((part_mib * 2048)), type=L, name=base
start=$slot_start, size=$((slot_mib * 2048)), type=L, name=allie-b
start=$swap_start, size=131072, type=S, name=swap
start=$data_start, size=131072, type=L, name=data
TABLE
  truncate -s "${esp_mib}M" "$work/esp"
  mkfs.vfat -n ESP "$work/esp" >/dev/null
  uefi_grub
  put_esp
  make_tree "$work/base" grub-bios installer ''
  cat >"$work/base/sbin/init" <<'INIT'
#!/bin/busybox sh
mount -o remount,rw / # a base that is used is written to
echo "INSTALLER-TEST base is up" >/dev/console
sync
mount -o remount,ro /
/bin/busybox poweroff -f
INIT
  grub_cfg "$work/base"
  bios_grub
  file_system "$work/base" "$base_uuid" base "$base_start"
  mkdir "$work/data"
  echo precious >"$work/data/thesis"
  mke2fs -q -t ext4 -L data -d "$work/data" -E offset=$((data_start * 512)) "$disk" 64M
  truncate -s 64M "$work/swap"
  mkswap -q -L swap "$work/swap"
  dd if="$work/swap" of="$disk" bs=512 seek=$swap_start conv=notrunc,sparse status=none
}

# One line for each part of the disk that is not the slot.
sums() {
  local name start end
  while read -r name start end; do
    printf '%s %s\n' "$name" "$(dd if="$disk" bs=1M iflag=skip_bytes,count_bytes skip=$((start * 512)) count=$(((end - start) * 512)) status=none | sha256sum | cut -d' ' -f1)"
  done <<PARTS
boot-sector-and-table 0 2048
biosboot 2048 4096
esp $esp_start $base_start
base $base_start $slot_start
swap $swap_start $data_start
data $data_start $((data_start + 131072))
second-table $((data_start + 131072)) $(($(stat -c %s "$disk") / 512))
PARTS
}
