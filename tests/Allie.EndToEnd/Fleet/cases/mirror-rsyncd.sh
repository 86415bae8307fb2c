# A second server takes everything from a module of the first one's rsyncd, by its login, and loses nothing when that store is not there.
make_store
second() { ALLIE_CONFIG=$W/second.toml allie "$@"; }
for n in f18 sl6; do on_server image verify "$n" --rebuild >log 2>&1 || fail "$(cat log)"; done
on_server image tag f18 1 stable >log 2>&1 || fail "$(cat log)"
echo 'mirror:between-us' >mirror.secrets
chmod 600 mirror.secrets
cat >rsyncd.conf <<CONF
port = 8730
[store]
path = $W/store
uid = 0
gid = 0
read only = yes
auth users = mirror
secrets file = $W/mirror.secrets
CONF
start_rsyncd
printf 'store = "%s"\n[rsyncd]\nconf = "%s"\n' "$W/two" "$W/two.conf" >second.toml
second server init >log 2>&1 || fail "$(cat log)"
from=rsync://mirror@127.0.0.1:8730/store

rc=0
RSYNC_PASSWORD=wrong second server mirror "$from" >log 2>&1 || rc=$?
[ "$rc" -ne 0 ] && [ ! -e two/images/f18 ] || fail "a wrong password: $rc, $(cat log)"
export RSYNC_PASSWORD=between-us
second server mirror "$from" >log 2>&1 || fail "$(cat log)"
is "$(cat two/images/f18/etc/shadow)" 'secret of f18'
is "$(readlink two/images/sl6)" .generations/sl6/1
is "$(cat two/overlays/host/pc1/all/etc/host-pc1-all)" 'of host/pc1/all'
diff store/hosts two/hosts || fail 'the hosts file'
second image verify f18@stable >log 2>&1 || fail "$(cat log)"
second server mirror "$from" -n >log 2>&1 || fail "a second run would do something: $(cat log)"

# A rotten generation is not taken, and current stays.
cp -a store/images/.generations/f18/1 store/images/.generations/f18/2
echo two >store/images/.generations/f18/2/etc/motd
on_server image verify f18@2 --rebuild >log 2>&1 || fail "$(cat log)"
ln -sfn .generations/f18/2 store/images/f18
printf T | dd of=store/images/.generations/f18/2/etc/motd conv=notrunc status=none
rc=0
second server mirror "$from" >log 2>&1 || rc=$?
is "$rc" 1
grep -q '/etc/motd is changed' log || fail "$(cat log)"
is "$(readlink two/images/f18)" .generations/f18/1

# The first one's disk is not mounted.
mv store/images away
mkdir store/images
rc=0
second server mirror "$from" >log 2>&1 || rc=$?
is "$rc" 1
grep -q 'no published image' log || fail "$(cat log)"
is "$(cat two/images/f18/etc/shadow)" 'secret of f18'
mv store/overlays gone
mv away/.generations store/images/
mv away/sl6 store/images/
rc=0
second server mirror "$from" >log 2>&1 || rc=$?
[ "$rc" -ne 0 ] || fail 'a store without overlays was taken'
is "$(cat two/overlays/all/etc/all)" 'of all'
