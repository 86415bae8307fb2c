# shellcheck shell=bash
# fake_distribution DIR NAME: a small tree with every kind of entry an image has, lived in by one machine, with a file that GRUB would take for a kernel.
fake_distribution() {
  (
    cd "$1" || exit 1
    mkdir -p boot etc/ssh etc/udev/rules.d dev proc sys run tmp home root var/lib/systemd var/lib/dbus usr/{bin,sbin,lib,lib64,share/doc}
    chmod 700 root etc/ssh
    chmod 1777 tmp
    ln -s usr/bin bin; ln -s usr/sbin sbin; ln -s usr/lib lib; ln -s usr/lib64 lib64
    for n in $(seq 200); do printf 'document %s of %s\n' "$n" "$2" >"usr/share/doc/file$n"; done
    printf '#!/bin/sh\n' >usr/sbin/init; chmod 755 usr/sbin/init
    cp usr/sbin/init usr/bin/tool; chmod 4755 usr/bin/tool; ln usr/bin/tool usr/bin/tool-hard
    setfattr -n user.note -v value usr/bin/tool
    setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 usr/sbin/init
    setfacl -m u:1234:r usr/share/doc/file1
    mkfifo run/fifo var/lib/fifo; mknod var/lib/zero c 1 5
    truncate -s 64M var/lib/holes; printf x | dd of=var/lib/holes bs=1 seek=40000000 conv=notrunc status=none
    printf 'bytes\n' >$'usr/share/doc/\xff name\n'
    touch -d '2001-02-03 04:05:06.123456789' usr/share/doc/file2
    head -c 2048 /dev/zero >boot/vmlinuz-6.12.1-amd64; printf 'HdrS' | dd of=boot/vmlinuz-6.12.1-amd64 bs=1 seek=514 conv=notrunc status=none
    echo initrd >boot/initrd.img-6.12.1-amd64
    echo "own motd of $2" >etc/motd
    printf 'UUID=11111111-2222-3333-4444-555555555555 / ext4 defaults 0 1\nUUID=66666666-2222-3333-4444-555555555555 none swap sw 0 0\n' >etc/fstab
    echo 0123456789abcdef0123456789abcdef >etc/machine-id; cp etc/machine-id var/lib/dbus/machine-id
    echo golden >etc/hostname; printf '127.0.0.1 localhost\n127.0.1.1 golden\n' >etc/hosts
    echo secret >etc/ssh/ssh_host_ed25519_key; echo public >etc/ssh/ssh_host_ed25519_key.pub; echo moduli >etc/ssh/moduli
    echo seed >var/lib/systemd/random-seed
    echo net >etc/udev/rules.d/70-persistent-net.rules
  )
}

# manifest DIR [EXCLUDED PATTERN]...: one line per entry with all that must survive; an independent witness, not rsync's own word.
manifest() {
  local top=$1 skip
  shift
  skip=$(printf '|^\\./%s' "$@")
  (
    cd "$top" || exit 1
    find . -xdev -print0 | LC_ALL=C sort -z | while IFS= read -r -d '' path; do
      [[ $path =~ ${skip#|} ]] && continue
      printf '%q %s' "$path" "$(stat -c '%F %a %u %g %t:%T' -- "$path")"
      [ -d "$path" ] || printf ' links %s' "$(stat -c %h -- "$path")" # of a directory it counts lost+found, too
      if [ -L "$path" ]; then printf ' -> %q' "$(readlink -- "$path")"
      elif [ -f "$path" ]; then printf ' %s %s' "$(stat -c '%s %y' -- "$path")" "$(md5sum <"$path")"; fi
      printf ' %s\n' "$(getfattr -h -d -m - --absolute-names -- "$path" 2>/dev/null | grep = | md5sum)"
    done
  )
}
