# shellcheck shell=bash
# Sourced, after lab/lib/mirror.sh and Personalise/trees.sh. host_only_base: prints the path of a tar with a Debian 12 that starts, whose own tool has made its
# initramfs for one PC: MODULES=dep, and the UUID of that PC's swap. Made once.

host_only_base() {
  cached_tar "host-only-bookworm-1" make_host_only bookworm
}

make_host_only() { # make_host_only bookworm DIR
  local filling=$2
  echo systemd-sysv udev kmod initramfs-tools dracut-core zstd e2fsprogs openssh-server >"$filling/packages"
  TMPDIR=$filling "$ALLIE_BINARY" installer bootstrap --suite bookworm --into "$filling/tree" --packages "$filling/packages" --kernel linux-image-cloud-amd64 \
    --mirror "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(lab_mirror) bookworm main" || return
  rm -rf "$filling"/tree/usr/share/{doc,man,locale,info}/*
  # On a file system of its own: the tool asks the kernel which driver the disk with / has.
  # shellcheck disable=SC2016  # the inner shell expands these
  unshare -m --propagation private bash -euo pipefail -c '
    cd "$1"
    truncate -s 1G disk
    mkfs.ext4 -q -U 5d0c6a7e-1b2f-4c3d-8e9f-a0b1c2d3e4f5 disk
    mkdir golden
    mount -o loop disk golden
    cp -a tree/. golden/
    echo "UUID=5d0c6a7e-1b2f-4c3d-8e9f-a0b1c2d3e4f5 / ext4 errors=remount-ro 0 1" >golden/etc/fstab
    echo RESUME=UUID=66666666-2222-3333-4444-555555555555 >golden/etc/initramfs-tools/conf.d/resume
    sed -i "s/^MODULES=.*/MODULES=dep/" golden/etc/initramfs-tools/initramfs.conf
    mount --bind /dev golden/dev
    mount -t sysfs sys golden/sys
    mount -t proc proc golden/proc
    chroot golden update-initramfs -u -k all
    umount golden/dev golden/sys golden/proc
    tar --xattrs --xattrs-include="*" --numeric-owner -C golden --exclude=./lost+found -cf base.tar .
    umount golden' host-only "$filling"
}
