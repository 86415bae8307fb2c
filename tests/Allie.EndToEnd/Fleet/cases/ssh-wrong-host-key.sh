# Somebody else in the server's place: nothing is fetched, nothing is applied, and it is said; no second try, as it would not help.
ssh-keygen -q -t ed25519 -N '' -f host_key
make_store
enrolled_pc pc1
start_sshd
pc pc1 apply --root pc1/root >apply.log 2>&1 || fail "the control: $(cat apply.log)"
kill "$sshd"
wait "$sshd" || :
echo changed >store/overlays/all/etc/all
rm host_key host_key.pub
start_sshd
find pc1/root pc1/state -printf '%p %T@ %s\n' | sort >before
rc=0
pc pc1 apply --root pc1/root >apply.log 2>&1 || rc=$?
is "$rc" 1
grep -q 'not the server whose host key is pinned' apply.log || fail "it is not said: $(cat apply.log)"
is "$(cat pc1/root/etc/all)" 'of all'
find pc1/root pc1/state -printf '%p %T@ %s\n' | grep -v '^pc1/root/var/lib/allie ' | sort >after
diff <(grep -v '^pc1/root/var/lib/allie ' before) after || fail 'something was written'
is "$(grep -c 'Connection from' sshd.log)" "$(($(grep -c 'Accepted' sshd.log) + 1))" 'connections'

# No key pinned at all is no reason to trust anybody.
sed -i '/^host-keys/d; s/^\[pc\]/transport = "ssh"\n&/' pc1/allie.toml
rc=0
pc pc1 apply --root pc1/root >apply.log 2>&1 || rc=$?
is "$rc" 2
grep -q "needs the server's host key" apply.log || fail "$(cat apply.log)"
