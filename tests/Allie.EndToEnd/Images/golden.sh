#!/bin/bash
# golden.sh MAKE DIRECTORY: an ext4 with a small system in DIRECTORY/golden.img on a loop device; prints the device.
# golden.sh FREE DEVICE: gives the device back.
set -euo pipefail
case "$1" in
  MAKE)
    cd "$2"
    mkdir -p golden/{etc/ssh,usr/bin,usr/lib/systemd,var/lib/dbus,var/lib/systemd,proc,dev,run,tmp,root}
    ln -s usr/bin golden/bin
    cp /bin/true golden/usr/bin/
    : >golden/usr/lib/systemd/systemd
    printf 'UUID=aaaa-1 / ext4 errors=remount-ro 0 1\nUUID=1-2 none swap sw 0 0\n' >golden/etc/fstab
    echo golden >golden/etc/hostname
    echo 0123456789abcdef0123456789abcdef | tee golden/etc/machine-id >golden/var/lib/dbus/machine-id
    echo key >golden/etc/ssh/ssh_host_rsa_key
    echo junk >golden/tmp/junk
    echo "the overlay's" >golden/etc/motd
    mkdir -p golden/var/lib/allie
    install -d golden/var/lib/allie/{applied,undo}/etc
    cp -a golden/etc/motd golden/var/lib/allie/applied/etc/
    echo "the image's" >golden/var/lib/allie/undo/etc/motd
    echo "{}" >golden/var/lib/allie/report.json
    truncate -s 20M golden/root/hole
    echo end >>golden/root/hole
    head -c 30M /dev/urandom >golden/root/big
    ln golden/root/big golden/root/big-too
    setfattr -n security.capability -v 0sAQAAAgAgAAAAAAAAAAAAAAAAAAA= golden/usr/bin/true
    truncate -s 128M golden.img
    mkfs.ext4 -q -L installed golden.img
    mkdir fill
    exec 9>/run/lock/allie-test-loop
    flock 9
    loop=$(losetup -f --show golden.img)
    # Mounted, as mkfs -d would cut times to whole seconds; unseen, as a namespace that another test makes meanwhile would keep the mount.
    # shellcheck disable=SC2016  # the inner shell expands
    unshare -m bash -euc 'mount "$1" fill; cp -a golden/. fill/; umount fill' - "$loop"
    echo "$loop"
    ;;
  FREE) losetup -d "$2" ;;
esac
