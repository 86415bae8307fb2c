# All that a file can be and have goes round: captured over ssh, published, fetched by a PC onto an ext4, and is the same there.
make_store
admin_by_ssh
mkdir -p system/{etc,usr/bin,var/lib,srv/{default,deep/er},proc,dev}
cd system
cp /bin/true usr/bin/
cp /bin/true usr/bin/setuid && chown 3:4 usr/bin/setuid && chmod 6755 usr/bin/setuid
cp /bin/true usr/bin/ping && setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 usr/bin/ping
cd srv
echo a >plain && chown 4000000000:4000000001 plain && chmod 0 plain
echo b >label && setfattr -n security.selinux -v system_u:object_r:etc_t:s0 label
ln -s label link && setfattr -h -n security.selinux -v system_u:object_r:usr_t:s0 link && setfattr -h -n trusted.mark -v link link
echo c >attr && setfattr -n user.note -v 0x000aff attr && setfattr -n trusted.note -v t attr && setfattr -n user.empty attr
setfacl -m u:1234:r,g:5678:rw,m::rw attr
setfacl -m u:77:rwx -dm u:77:rwx,g:78:rx default
chmod 3771 default
ln attr attr-hard && ln attr deep/er/attr-too
ln -s nowhere/at/all dangling && ln dangling dangling-hard
ln -s / absolute && chown -h 12:34 absolute
mkfifo -m 622 fifo && ln fifo fifo-hard
mknod -m 640 char c 5 260
mknod -m 660 block b 259 1048575
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
printf x >"$(printf 'new\nline\t\\012 \377\376 \303\244')"
printf x >'-rf *' && printf x >'a[b]?c' && printf x >"$(printf 'n%.0s' {1..255})"
truncate -s 9M hole && printf x | dd of=hole bs=1 seek=5000000 conv=notrunc status=none
truncate -s 3M only-hole && : >empty
head -c 3M /dev/zero >full-of-zeros
cd ../..
find system -exec touch -h -d '2001-02-03 04:05:06.123456789' {} +
touch -h -d '1969-12-31 23:59:58.5' system/srv/plain
touch -h -d '2106-03-01 00:00:00.000000001' system/srv/link

# What is said of each: not of the directories' link counts, as a generation has two files and a directory more; and not the time of the root, where a
# fetch under way has its mark.
look() {
  cd "$1"
  stat -c '%a %u %g' .
  find . -mindepth 1 ! -name lost+found ! -path ./etc/allie-image ! -path './var/lib/allie*' -printf '%P %y %m %U %G %T@ %l ' \( -type d -printf '\0' -o -printf '%n %s\0' \) | sort -z | tr '\0' '\n'
  stat -c '%t:%T' srv/char srv/block
  find . -type f ! -path ./etc/allie-image ! -path './var/lib/allie*' -print0 | sort -z | xargs -0 md5sum
  find . ! -name lost+found ! -path './var/lib/allie*' -print0 | sort -z | xargs -0 getfattr -h -d -m - -e hex 2>/dev/null
  for name in attr dangling fifo; do find . -inum "$(stat -c %i "srv/$name")" | sort; done
  [ "$(du -k srv/hole | cut -f1)" -lt 200 ] && [ "$(du -k srv/only-hole | cut -f1)" -lt 50 ] && echo 'has its holes'
  cd "$W"
}
look "$W/system" >before
for has in security.capability security.selinux trusted.mark user.note user.empty posix_acl_default 'has its holes'; do grep -aq "$has" before || fail "the tree does not have $has"; done

on_server image capture --ssh root@127.0.0.1 f18 --root "$W/system" -y >log 2>&1 || fail "capture: $(cat log)"
look "$W/store/images/.work/f18" | diff before - || fail 'the work tree differs'
on_server image publish f18 -y >log 2>&1 || fail "publish: $(cat log)"
look "$W/store/images/f18/" | diff before - || fail 'the generation differs'
kill "$sshd"
wait "$sshd" || :
rm sshd_config.d/admin.conf
enrolled_pc pc1
start_sshd
truncate -s 128M slot.img
mkfs.ext4 -q -I 512 slot.img
mkdir slot
mount -o loop slot.img slot
trap 'umount "$W/slot"' EXIT
pc pc1 image fetch f18 slot >log 2>&1 || fail "fetch: $(cat log)"
look "$W/slot" | diff before - || fail 'what the PC has differs'
