# With [rsyncd] auth each PC logs in with a secret of its own; without one, or with another's, there is nothing to get. What an administrator wrote
# into rsyncd.conf and sshd's file stays, and the daemons read both.
make_store 'auth = true'
printf 'port = 8730\nuid = nobody\n# mine\n[mine]\npath = /usr/share/doc\n' >rsyncd.conf
printf '# of the site\nX11Forwarding no\n' >sshd_config.d/allie.conf
for name in pc1 pc2; do
  make_pc "$name" 'port = 8730'
  on_server host enrol "$name" --secret -y 2>secret.log || fail "$(cat secret.log)"
  tail -n 1 secret.log >"$name/secret"
  chmod 600 "$name/secret"
done
is "$(stat -c %a secrets)" 600
make_pc pc3 'port = 8730'
start_rsyncd
pc pc1 apply --root pc1/root >apply.log 2>&1 || fail "apply: $(cat apply.log rsyncd.log)"
is "$(cat pc1/root/etc/host-pc1-all)" 'of host/pc1/all'
mkdir slot
mount -t tmpfs none slot
pc pc1 image fetch f18 slot >fetch.log 2>&1 || fail "fetch: $(cat fetch.log)"

refused() {
  rm -rf got
  mkdir got
  if timeout 60 "$@" >out 2>&1 </dev/null && [ -n "$(find got -type f)" ]; then fail "got something by: $*"; fi
}
url=rsync://pc1@127.0.0.1:8730
for path in "$url/pc-pc2/" "$url/image-sl6/" "${url/pc1@/pc2@}/pc-pc2/" "${url/pc1@/}/pc-pc1/" "${url/pc1@/}/image-f18/" "${url/pc1@/}/pc/" "$url/report-pc1/"; do
  refused rsync -r --password-file=pc1/secret "$path" got/
done
if pc pc3 apply --root pc3/root >apply.log 2>&1; then fail 'a PC without a secret was let in'; fi
is "$(cd pc3/root/etc; echo *)" allie-image
rsync rsync://127.0.0.1:8730/mine/ >list 2>&1 || fail "the administrator's module is gone: $(cat list)"

on_server host revoke pc1 -y >revoke.log 2>&1 || fail "$(cat revoke.log)"
if pc pc1 apply --root pc1/root >apply.log 2>&1; then fail 'a revoked PC was let in'; fi
is "$(grep -c pc1 secrets rsyncd.conf | tr '\n' ' ')" 'secrets:0 rsyncd.conf:0 '
pc pc2 apply --root pc2/root >apply.log 2>&1 || fail "pc2 is out too: $(cat apply.log)"

# sshd reads its file with our part and the site's.
make_pc pc4 'port = 2222'
ssh-keygen -q -t ed25519 -N '' -f pc3/key
on_server host enrol pc3 --key pc3/key.pub -y >enrol.log 2>&1 || fail "$(cat enrol.log)"
ssh-keygen -q -t ed25519 -N '' -f host_key
start_sshd
for user in root nobody; do sshd -T -f sshd_config -C "user=$user,host=a,addr=127.0.0.1" >"sshd.$user" || fail "sshd does not read it: $(cat "sshd.$user")"; done
is "$(grep -E '^(maxstartups|x11forwarding)' sshd.root | sort | tr '\n' ' ')" 'maxstartups 400:30:1000 x11forwarding no '
grep -q "^authorizedkeysfile .*$W/store/ssh/authorized_keys" sshd.root || fail 'the keys of PCs are not read for root'
if grep -q "$W/store" sshd.nobody; then fail 'the keys of PCs are read for others than root'; fi
head -n 2 sshd_config.d/allie.conf | diff - <(printf '# of the site\nX11Forwarding no\n') || fail 'lines of the site were changed'
before=$(cat rsyncd.conf sshd_config.d/allie.conf | md5sum)
on_server server conf >conf.log 2>&1
is "$(cat rsyncd.conf sshd_config.d/allie.conf | md5sum)" "$before" 'a second run'
