# A small kernel and an initramfs around it: the machine's own package sources have the kernel, busybox and our binary do the rest.
# shellcheck shell=bash disable=SC2154,SC2034 # cell.sh sets work and uses kernel

boot_cache=${ALLIE_BOOT_CACHE:-$HOME/.cache/allie-boot}

# fetch_kernel: leaves $kernel and $modules; downloads once.
fetch_kernel() {
  local name
  name=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: *\(linux-image-[0-9].*\)/\1/p' | head -n 1)
  [ -n "$name" ] || { echo "boot-tests: the package sources have no linux-image-cloud-amd64" >&2; return 1; }
  if ! [ -d "$boot_cache/$name" ]; then
    mkdir -p "$boot_cache"
    local filling=$boot_cache/.filling.$$
    rm -rf "$filling" && mkdir "$filling"
    (cd "$filling" && apt-get download -qq -o APT::Sandbox::User=root "$name" && dpkg -x ./*.deb tree && rm ./*.deb)
    mv "$filling/tree" "$boot_cache/$name" 2>/dev/null || rm -rf "$filling"
    rm -rf "$filling"
  fi
  kernel=$(echo "$boot_cache/$name"/boot/vmlinuz-*)
  modules=$(echo "$boot_cache/$name"/lib/modules/*/kernel)
}

# make_initramfs FILE: finds the root by its UUID, loads what it needs for that, and hands over.
make_initramfs() {
  local tree=$work/initramfs module
  mkdir -p "$tree"/{bin,proc,sys,dev,root,modules}
  cp /bin/busybox "$tree/bin/busybox"
  for module in drivers/virtio/{virtio,virtio_ring,virtio_pci_legacy_dev,virtio_pci_modern_dev,virtio_pci} drivers/block/virtio_blk \
    fs/nls/nls_{cp437,ascii,utf8,iso8859-1} fs/fat/{fat,vfat} fs/efivarfs/efivarfs; do
    [ ! -f "$modules/$module.ko" ] || cp "$modules/$module.ko" "$tree/modules/"
  done
  cat >"$tree/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox mount -t devtmpfs dev /dev
for m in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk nls_cp437 nls_ascii nls_utf8 nls_iso8859-1 fat vfat efivarfs; do
  [ ! -f /modules/$m.ko ] || /bin/busybox insmod /modules/$m.ko 2>/dev/null
done
root=$(/bin/busybox sed -n 's/.*root=UUID=\([^ ]*\).*/\1/p' /proc/cmdline)
n=0
until device=$(/bin/busybox findfs "UUID=$root" 2>/dev/null) || [ $n -gt 50 ]; do n=$((n + 1)); /bin/busybox usleep 100000; done
/bin/busybox mount -t ext4 -o ro "$device" /root || exec /bin/busybox reboot -f
for d in proc sys dev; do /bin/busybox mount --move /$d /root/$d; done
exec /bin/busybox switch_root /root /sbin/init
INIT
  chmod 755 "$tree/init"
  (cd "$tree" && find . | cpio -o -H newc --quiet | gzip -1) >"$1"
}
