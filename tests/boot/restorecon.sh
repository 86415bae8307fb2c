#!/bin/bash
# `allie apply` in a running system whose kernel has SELinux: restorecon(8) gives what is new its label, what is replaced keeps its own, and a policy file
# that it cannot read is told. Permissive and without a loaded policy: labels are kept and read, nothing is forbidden by them.
# shellcheck disable=SC2154 # kernel.sh sets what it shares
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${ALLIE_BINARY:?the published binary}"
ALLIE_BINARY=$(realpath "$ALLIE_BINARY")
export PATH="$PATH:/usr/sbin:/sbin"
# shellcheck source=kernel.sh
. "$here/kernel.sh"
work=$(mktemp -d -p "${TMPDIR:-/tmp}" allie-boot-XXXXXX)
trap 'rm -rf --one-file-system "$work"' EXIT
fetch_kernel

tree=$work/tree
mkdir -p "$tree"/{bin,sbin,proc,sys,dev,new,tmp,run,layer/etc/d,etc/d,etc/selinux/targeted/contexts/files,var/lib}
cp /bin/busybox "$tree/bin/"
cp "$ALLIE_BINARY" "$tree/bin/allie"
for program in restorecon getfattr setfattr; do
  program=$(command -v "$program")
  cp "$program" "$tree/sbin/"
  for library in $(ldd "$program" | grep -o '/[^ ]*\.so[^ ]*'); do
    mkdir -p "$tree${library%/*}"
    cp -L "$library" "$tree$library"
  done
done
printf 'SELINUX=permissive\nSELINUXTYPE=targeted\n' >"$tree/etc/selinux/config"
printf '%s\n' '/etc(/.*)? system_u:object_r:etc_t:s0' '/etc/d/key.* -- system_u:object_r:key_t:s0' >"$tree/etc/selinux/targeted/contexts/files/file_contexts"
echo 'name = "f18"' >"$tree/etc/allie-image"
echo own >"$tree/etc/d/kept"
for file in key plain kept; do echo new >"$tree/layer/etc/d/$file"; done

# The root is a tmpfs, as that keeps attributes.
cat >"$tree/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox mount -t tmpfs tmpfs /new
for d in bin sbin lib lib64 usr etc var layer proc sys dev tmp run second; do [ ! -e /$d ] || /bin/busybox cp -a /$d /new/; done
exec /bin/busybox switch_root /new /second
INIT
cat >"$tree/second" <<'SECOND'
#!/bin/busybox sh
export PATH=/bin:/sbin
busybox mount -t proc proc /proc
busybox mount -t sysfs sys /sys
busybox mount -t devtmpfs dev /dev
exec >/dev/console 2>&1
busybox mount -t selinuxfs selinuxfs /sys/fs/selinux && echo "TEST selinux"
setfattr -n security.selinux -v system_u:object_r:etc_t:s0 /etc /etc/d
setfattr -n security.selinux -v system_u:object_r:kept_t:s0 /etc/d/kept
allie apply --layer /layer
echo "TEST exit $?"
for f in key plain kept; do echo "TEST $f $(getfattr --absolute-names --only-values -n security.selinux /etc/d/$f)"; done
echo 'xx[ broken' >/etc/selinux/targeted/contexts/files/file_contexts
echo y >/layer/etc/d/more
allie apply --layer /layer 2>&1 | busybox sed -n 's/^\(.*could not set its SELinux label\).*/TEST \1/p'
echo "TEST content $(busybox cat /etc/d/more)"
busybox reboot -f
SECOND
chmod 755 "$tree/init" "$tree/second"
(cd "$tree" && find . | cpio -o -H newc --quiet | gzip -1) >"$work/initramfs.img"

start=$SECONDS
timeout "${ALLIE_BOOT_LIMIT:-240}" nice qemu-system-x86_64 -accel tcg,thread=multi -m 768 -nodefaults -display none -serial "file:$work/serial" -no-reboot \
  -kernel "$kernel" -initrd "$work/initramfs.img" -append "console=ttyS0 security=selinux selinux=1 enforcing=0" </dev/null || :
seen=$(tr -d '\r\0' <"$work/serial" | sed -n 's/^TEST //p')
expected='selinux
exit 0
key system_u:object_r:key_t:s0
plain system_u:object_r:etc_t:s0
kept system_u:object_r:kept_t:s0
allie: left as it is: /etc/d/more: it is there, but restorecon could not set its SELinux label
content y'
if [ "$seen" = "$expected" ]; then
  echo "ok      restorecon: labels what is new on a kernel with SELinux ($((SECONDS - start)) s)"
else
  echo "FAILED  restorecon: $seen"
  tail -c "${ALLIE_BOOT_TAIL:-4000}" "$work/serial" | LC_ALL=C tr -cd '\040-\176\n' | sed 's/^/  | /'
  exit 1
fi
