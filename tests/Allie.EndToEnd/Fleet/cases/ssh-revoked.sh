# A revoked PC is let in no more, the others are, and what was generated for it is gone; enrolled anew it comes again.
ssh-keygen -q -t ed25519 -N '' -f host_key
make_store
enrolled_pc pc1
enrolled_pc pc2
start_sshd
pc pc1 apply --root pc1/root >apply.log 2>&1 || fail "the control: $(cat apply.log)"
rc=0
on_server host revoke pc1 >revoke.log 2>&1 </dev/null || rc=$?
is "$rc" 2 'without -y and a terminal'
pc pc1 apply --root pc1/root >apply.log 2>&1 || fail "a refused revoke has revoked: $(cat apply.log)"
on_server host revoke pc1 -y >revoke.log 2>&1
rc=0
pc pc1 apply --root pc1/root >apply.log 2>&1 || rc=$?
is "$rc" 1
grep -q "does not know this PC's key" apply.log || fail "$(cat apply.log)"
pc pc2 apply --root pc2/root >apply.log 2>&1 || fail "pc2 is out too: $(cat apply.log)"
is "$(ls store/ssh/pcs | tr '\n' ' ')" 'pc2.conf pc2.d '
is "$(grep -c pc1 store/ssh/authorized_keys || :)" 0
on_server host list --json >list.json
is "$(jq -r '.hosts[] | select(.name == "pc1").enrolled' list.json)" revoked
on_server host enrol pc1 --key pc1/enrol.pub -y >enrol.log 2>&1
pc pc1 apply --root pc1/root >apply.log 2>&1 || fail "enrolled anew: $(cat apply.log)"
# Another PC with the same key (an image that was captured with it) is refused.
rc=0
on_server host enrol pc3 --key pc1/enrol.pub -y >enrol.log 2>&1 || rc=$?
is "$rc" 2
grep -q 'this is the key of pc1' enrol.log || fail "$(cat enrol.log)"
