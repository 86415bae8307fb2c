# A golden PC is read over ssh with nothing offered: a device that nobody has mounted, and a running system with a file system of its own at
# /var (part of it) and another at /srv (not). The second sshd's root is that system, so its "/" is a whole small PC.
ssh-keygen -q -t ed25519 -N '' -f host_key
ssh-keygen -q -t ed25519 -N '' -C '' -f admin
make_store
loop=
ended() { for m in pc/proc pc/srv pc/var pc; do umount "$W/$m" 2>/dev/null || :; done; [ -z "$loop" ] || losetup -d "$loop"; }
trap ended EXIT

disk() { # disk FILE DIRECTORY: an ext4 with what is in the directory
  truncate -s 32M "$1"
  mkfs.ext4 -q -F "$1"
  mkdir -p fill
  mount -o loop "$1" fill
  cp -a "$2/." fill/
  umount fill
}

mkdir pc
mount -t tmpfs -o mode=755 pc pc
mkdir -p pc/etc pc/usr/bin pc/usr/lib pc/usr/lib64 pc/proc pc/dev pc/var pc/srv pc/root
mknod -m 666 pc/dev/null c 1 3
for d in bin lib lib64; do ln -s "usr/$d" "pc/$d"; done
for program in bash cat rsync; do
  cp "$(command -v "$program")" pc/usr/bin/
  ldd "$(command -v "$program")" | grep -o '/[^ ]*' | while read -r lib; do mkdir -p "pc/$(dirname "$lib")"; cp -L "$lib" "pc/$lib"; done
done
echo golden >pc/etc/hostname
printf root:x:0:0::/root:/bin/bash >pc/etc/passwd
mkdir -p part/lib foreign
echo state >part/lib/state
echo private >foreign/private
disk var.img part
disk srv.img foreign
mount -o loop var.img pc/var
mount -o loop srv.img pc/srv
mount -t proc proc pc/proc

mkdir -p system/etc system/usr/bin system/var
echo on-disk >system/etc/hostname
ln system/etc/hostname system/etc/hostname-too
cp /bin/true system/usr/bin/ping
setfattr -n security.capability -v 0sAQAAAgAgAAAAAAAAAAAAAAAAAAA= system/usr/bin/ping
truncate -s 4M system/var/hole
echo end >>system/var/hole
disk system.img system
loop=$(losetup -f --show system.img)

echo "AuthorizedKeysFile $W/admin.pub" >sshd_config.d/admin.conf
start_sshd
sed "s/^Port .*/Port 2223/; s/^PidFile.*/PidFile none/; \$a ChrootDirectory $W/pc" sshd_config >sshd_config.pc
"$(command -v sshd)" -D -f "$W/sshd_config.pc" -E "$W/sshd.log" &
await 2223
echo "[127.0.0.1]:2222 $(cut -d' ' -f1,2 host_key.pub)" >known
echo "[127.0.0.1]:2223 $(cut -d' ' -f1,2 host_key.pub)" >>known
by() { export RSYNC_RSH="ssh -F none -i $W/admin -o BatchMode=yes -o UserKnownHostsFile=$W/${2:-known} -p $1"; }

by 2222
on_server image capture --ssh root@127.0.0.1 disk --root "$loop" -y >log 2>&1 || fail "device: $(cat log)"
is "$(cat store/images/.work/disk/etc/hostname)" on-disk
is "$(stat -c %h store/images/.work/disk/etc/hostname-too)" 2 'hard links'
is "$(getfattr --only-values -n security.capability store/images/.work/disk/usr/bin/ping | xxd -p)" "$(getfattr --only-values -n security.capability system/usr/bin/ping | xxd -p)"
[ "$(stat -c %b store/images/.work/disk/var/hole)" -lt 100 ] || fail 'the hole was filled'
grep -q "captured = \"2" store/images/.work/.disk.capture || fail 'not complete'
for p in /proc/[0-9]*; do if grep -q "^[^-]* /mnt .*$loop" "$p/mountinfo" 2>/dev/null; then fail "$p has it mounted still"; fi; done

by 2223
on_server image capture --ssh root@127.0.0.1 live -y >log 2>&1 || fail "running system: $(cat log)"
grep -q 'runs this system: / and /var are captured; left out: .*/srv' log || fail "not said: $(cat log)"
is "$(cat store/images/.work/live/etc/hostname)" golden
is "$(cat store/images/.work/live/var/lib/state)" state
is "$(ls -A store/images/.work/live/srv)" '' 'the foreign file system'
is "$(ls -A store/images/.work/live/proc)" ''
[ -d store/images/.work/live/srv ] || fail 'the mount point itself is part of the system'

# Somebody else in the PC's place, and a PC that does not know us: nothing comes, and what is said is for a server's administrator.
ssh-keygen -q -t ed25519 -N '' -f other
echo "[127.0.0.1]:2223 $(cut -d' ' -f1,2 other.pub)" >wrong
sed 's/2223/2222/' wrong >>wrong
for way in 2223:/ "2222:$loop"; do
  by "${way%%:*}" wrong
  rc=0
  on_server image capture --ssh root@127.0.0.1 bad --root "${way#*:}" -y >log 2>&1 || rc=$?
  is "$rc" 1
  grep -q 'ssh-keygen -R 127.0.0.1' log || fail "$way: $(cat log)"
  if grep -q 'allie.toml' log; then fail "the hint is a PC's: $(cat log)"; fi
  [ ! -e store/images/.work/bad ] || fail 'something came'
done
by 2222
export RSYNC_RSH=${RSYNC_RSH/$W\/admin/$W\/other}
rc=0
on_server image capture --ssh root@127.0.0.1 bad --root "$loop" -y >log 2>&1 || rc=$?
is "$rc" 1
grep -q 'ssh-copy-id root@127.0.0.1' log || fail "$(cat log)"
