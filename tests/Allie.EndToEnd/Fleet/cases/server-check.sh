# server check finds what is unsafe, and only then ends with 3.
ssh-keygen -q -t ed25519 -N '' -f host_key
make_store
enrolled_pc pc1
on_server host set pc2 groups=lab >set.log 2>&1
rm -r store/overlays/group/office
on_server server conf >conf.log 2>&1
mkdir bin
# sshd as this case has it: `sshd -T` without -f would read this machine's.
printf '#!/bin/sh\nexec "%s" -f "%s" "$@"\n' "$(command -v sshd)" "$W/sshd_config" >bin/sshd
chmod 755 bin/sshd
start_sshd
PATH=$W/bin:$PATH
rc=0
on_server server check >check.log 2>&1 || rc=$?
is "$rc" 0 "$(cat check.log)"

finds() {
  local rule=$1 rc=0
  on_server server check --json >check.json 2>&1 || rc=$?
  is "$rc" 3 "with $rule: $(cat check.json)"
  jq -e --arg r "$rule" '[.findings[] | select(.severity == "warning")] | length == 1 and .[0].rule == $r and (.[0].why | length > 0) and (.[0].next | length > 0 and (contains("{") | not))' check.json >/dev/null || fail "not just $rule: $(cat check.json)"
}
chmod 755 store/overlays/host; finds readable; chmod 700 store/overlays/host
echo '-----BEGIN OPENSSH PRIVATE KEY-----' >store/overlays/all/etc/key; finds secret; rm store/overlays/all/etc/key
cp rsyncd.conf saved; printf '[mine]\npath = %s\n' "$W/store/overlays" >>rsyncd.conf; finds foreign-module; cp saved rsyncd.conf
cp server.toml saved; sed -i 's|^hosts-allow.*|hosts-allow = ["0.0.0.0/0"]|' server.toml; on_server server conf >conf.log 2>&1; finds open-to-the-world; cp saved server.toml; on_server server conf >conf.log 2>&1
cp store/hosts saved; echo 'pc9 images=f81' >>store/hosts; finds unknown-image; cp saved store/hosts
mkdir -p store/overlays/host/pc8; finds unknown-host; rmdir store/overlays/host/pc8
mkdir -p store/overlays/group/lba; finds unused-group; rmdir store/overlays/group/lba
mkdir -p store/images/.generations/f19/1
ln -s .generations/f19/1 store/images/f19; finds conf; rm store/images/f19
printf '#!/bin/sh\necho "rsync  version 3.1.3  protocol version 31"\n' >bin/rsync; chmod 755 bin/rsync; hash -r; finds rsync; rm bin/rsync; hash -r
mv sshd_config.d/allie.conf away; on_server server check >check.log 2>&1 || :; grep -q 'does not read' check.log || fail "$(cat check.log)"; mv away sshd_config.d/allie.conf

advises() {
  local rule=$1
  on_server server check --json >check.json 2>&1 || fail "advice is no fault: $(cat check.json)"
  jq -e --arg r "$rule" --arg what "$2" '[.findings[] | select(.severity != "warning" and .rule == $r and (.what | contains($what)) and (.next | contains("{") | not))] | length == 1' check.json >/dev/null || fail "no advice $rule $2: $(cat check.json)"
}
echo 'pc9 imges=f18' >>store/hosts; finds hosts-line; cp saved store/hosts
echo 'pc3 addr=here' >>store/hosts; finds address; cp saved store/hosts
echo 'pc[1-2] addr=127.0.0.9' >>store/hosts; on_server server conf >conf.log 2>&1; finds address; cp saved store/hosts; on_server server conf >conf.log 2>&1
echo 'pc3 groups=nowhere' >>store/hosts; advises unknown-group nowhere; cp saved store/hosts
cp pc1/key.pub store/keys/pc7.pub; finds unknown-host; rm store/keys/pc7.pub
echo 'PermitRootLogin no' >sshd_config.d/0.conf; finds sshd; rm sshd_config.d/0.conf
echo 'MaxStartups 5' >sshd_config.d/z.conf; advises sshd 'MaxStartups 5'; rm sshd_config.d/z.conf
advises setuid nosuid
mount -o remount,nosuid /run; on_server server check --json >check.json 2>&1; if grep -q setuid check.json; then fail "nosuid is not seen: $(cat check.json)"; fi
