# One PC's disk for a boot test: GPT with a BIOS boot partition, an ESP, the base system and slot b. No loop device: the file
# systems are made in files and put in their place.
# shellcheck shell=bash disable=SC2154,SC2016 # others expand what is quoted; cell.sh and kernel.sh set work, disk, kernel, here

base_uuid=11111111-2222-4333-8444-555555555555
slot_uuid=99999999-8888-8a11-8666-555555555555
esp_start=4096 base_start=266240 slot_start=528384 # sectors of 512 bytes
esp_mib=128 part_mib=128

make_tree() { # make_tree DIR METHOD WHAT OPTIONS
  local tree=$1 applet
  mkdir -p "$tree"/{bin,sbin,usr/bin,etc,proc,sys,dev,run,mnt,root,tmp,boot,var/lib/allie}
  cp /bin/busybox "$tree/bin/"
  for applet in sh mount umount sed rm sync reboot touch cat ls; do ln -s busybox "$tree/bin/$applet"; done
  cp "$ALLIE_BINARY" "$tree/usr/bin/allie"
  cp "$here/guest-init" "$tree/sbin/init"
  printf 'method=%s\nwhat=%s\noptions="%s"\n' "$2" "$3" "$4" >"$tree/etc/case"
  cp "$kernel" "$tree/boot/vmlinuz-6.1-test"
  cp "$work/initramfs.img" "$tree/boot/initrd.img-6.1-test"
  printf '[boot]\narguments = "console=ttyS0 quiet"\n' >"$tree/etc/allie.toml"
}

make_slot() { # make_slot DIR
  printf '{"image":"deb13","generation":2,"slot":"b","fsUuid":"%s","preparedAt":"2026-01-01T00:00:00Z"}\n' "$slot_uuid" >"$1/var/lib/allie/slot.json"
  printf 'name = "deb13"\ngeneration = 2\n' >"$1/etc/allie-image"
}

file_system() { # file_system DIR UUID LABEL START: makes it and puts it into the disk
  rm -f "$work/fs"
  truncate -s "${part_mib}M" "$work/fs"
  # no 64bit and no metadata_csum: old EXTLINUX reads neither
  mke2fs -q -t ext4 -O ^64bit,^metadata_csum,^metadata_csum_seed,^orphan_file -U "$2" -L "$3" -d "$1" "$work/fs"
  dd if="$work/fs" of="$disk" bs=512 seek="$4" conv=notrunc,sparse status=none
}

put_esp() { dd if="$work/esp" of="$disk" bs=512 seek=$esp_start conv=notrunc,sparse status=none; }

make_table() {
  rm -f "$disk"
  truncate -s 400M "$disk"
  sfdisk -q "$disk" <<TABLE
label: gpt
start=2048, size=2048, type=21686148-6449-6E6F-744E-656564454649, name=biosboot
start=$esp_start, size=$((esp_mib * 2048)), type=U, name=ESP
start=$base_start, size=$((part_mib * 2048)), type=L, name=base${legacy:+, attrs=LegacyBIOSBootable}
start=$slot_start, size=$((part_mib * 2048)), type=L, name=allie-b
TABLE
  rm -f "$work/esp"
  truncate -s "${esp_mib}M" "$work/esp"
  mkfs.vfat -n ESP "$work/esp" >/dev/null
}

base_line="root=UUID=$base_uuid ro console=ttyS0 quiet panic=30"

grub_cfg() { # grub_cfg DIR
  mkdir -p "$1/boot/grub"
  cat >"$1/boot/grub/grub.cfg" <<CFG
serial --unit=0 --speed=115200
terminal_output serial
set default=0
set timeout=0
menuentry 'base' --id base {
  search --no-floppy --fs-uuid --set=root $base_uuid
  linux /boot/vmlinuz-6.1-test $base_line
  initrd /boot/initrd.img-6.1-test
}
if [ -f \$prefix/custom.cfg ]; then
  source \$prefix/custom.cfg
fi
CFG
}

grub_modules='part_gpt ext2 fat search search_fs_uuid search_label normal configfile linux echo test serial terminal loadenv reboot minicmd'
stub() { printf 'search --no-floppy --fs-uuid --set=root %s\nset prefix=($root)/boot/grub\nconfigfile $prefix/grub.cfg\n' $base_uuid; }
early() { stub >"$work/early.cfg"; }

# The boot sector knows where its second part is; that part knows where its rest is. grub-bios-setup would want a device.
bios_grub() {
  local core=$work/core.img sectors
  early
  # shellcheck disable=SC2086  # a list of modules
  grub-mkimage -O i386-pc -o "$core" -p /boot/grub -c "$work/early.cfg" biosdisk $grub_modules
  sectors=$((($(stat -c %s "$core") + 511) / 512))
  number() { printf '%0*x' $(($2 * 2)) "$1" | sed 's/../&\n/g' | tac | sed 's/^/\\x/' | tr -d '\n'; }
  poke() { printf '%b' "$2" | dd of="$3" bs=1 seek="$1" conv=notrunc status=none; } # poke OFFSET BYTES FILE
  poke $((0x1f4)) "$(number 2049 8 | sed 's/\\x$//')" "$core"
  poke $((0x1fc)) "$(number $((sectors - 1)) 2 | sed 's/\\x$//')" "$core"
  dd if="$core" of="$disk" bs=512 seek=2048 conv=notrunc status=none
  mkdir -p "$work/base/boot/grub/i386-pc" # as grub-install leaves it: by it the disk is known to be started from there
  cp "$core" "$work/base/boot/grub/i386-pc/core.img"
  dd if=/usr/lib/grub/i386-pc/boot.img of="$disk" bs=440 count=1 conv=notrunc status=none
  poke $((0x5c)) "$(number 2048 8 | sed 's/\\x$//')" "$disk"
}

efi_file() { # efi_file FILE: it is what the firmware starts
  mmd -i "$work/esp" ::/EFI ::/EFI/BOOT
  mcopy -i "$work/esp" "$1" ::/EFI/BOOT/BOOTX64.EFI
}

uefi_grub() {
  # a signed GRUB of a distribution has one fixed place built in, and a stub there leads on
  printf 'search --no-floppy --label --set=root ESP\nset prefix=($root)/EFI/debian\nconfigfile $prefix/grub.cfg\n' >"$work/early.cfg"
  # shellcheck disable=SC2086
  grub-mkimage -O x86_64-efi -o "$work/grub.efi" -p /boot/grub -c "$work/early.cfg" $grub_modules
  efi_file "$work/grub.efi"
  stub >"$work/stub.cfg"
  mmd -i "$work/esp" ::/EFI/debian
  mcopy -i "$work/esp" "$work/stub.cfg" ::/EFI/debian/grub.cfg
}

systemd_boot() {
  efi_file /usr/lib/systemd/boot/efi/systemd-bootx64.efi
  mmd -i "$work/esp" ::/loader ::/loader/entries ::/base
  mcopy -i "$work/esp" "$kernel" ::/base/linux
  mcopy -i "$work/esp" "$work/initramfs.img" ::/base/initrd
  printf 'timeout 0\ndefault base.conf\n' >"$work/loader.conf"
  printf 'title base\nlinux /base/linux\ninitrd /base/initrd\noptions %s\n' "$base_line" >"$work/base.conf"
  mcopy -i "$work/esp" "$work/loader.conf" ::/loader/loader.conf
  mcopy -i "$work/esp" "$work/base.conf" ::/loader/entries/base.conf
}

extlinux_conf() { # extlinux_conf DIR
  mkdir -p "$1/boot/extlinux" "$1/lib64" "$1/lib/x86_64-linux-gnu"
  printf 'SERIAL 0 115200\nPROMPT 0\nTIMEOUT 1\nDEFAULT base\nLABEL base\n  LINUX /boot/vmlinuz-6.1-test\n  INITRD /boot/initrd.img-6.1-test\n  APPEND %s\n' "$base_line" \
    >"$1/boot/extlinux/extlinux.conf"
}

program() { # program DIR FILE: with the libraries that it needs
  local library
  cp "$2" "$1/usr/bin/"
  ldd "$2" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$1$(dirname "$library")"
    cp -L "$library" "$1$library"
  done
}

extlinux_program() { program "$1" /usr/bin/extlinux; } # it sets the try

grub_install_program() { # grub_install_program DIR: it makes a core image
  program "$1" /usr/sbin/grub-install
  mkdir -p "$1/usr/lib/grub/i386-pc"
  cp /usr/lib/grub/i386-pc/*.{mod,img,lst} /usr/lib/grub/i386-pc/modinfo.sh "$1/usr/lib/grub/i386-pc/"
}

# The one thing that needs a mount: EXTLINUX writes its map of the mounted file. Seen by nobody else, gone with the shell.
extlinux_install() {
  unshare -m --propagation private bash -euc '
    mkdir -p "$2"; mount -o loop,offset="$3",sizelimit="$4" "$1" "$2"
    for file in vmlinuz-6.1-test initrd.img-6.1-test; do # mke2fs made holes of their zeros, which EXTLINUX cannot read
      cp --sparse=never "$5/boot/$file" "$2/boot/$file.whole"; mv "$2/boot/$file.whole" "$2/boot/$file"
    done
    extlinux --install "$2/boot/extlinux" >/dev/null 2>&1; umount "$2"' \
    extlinux "$disk" "$work/mount" $((base_start * 512)) $((part_mib * 1048576)) "$work/base"
  dd if=/usr/lib/syslinux/mbr/gptmbr.bin of="$disk" bs=440 count=1 conv=notrunc status=none
}
