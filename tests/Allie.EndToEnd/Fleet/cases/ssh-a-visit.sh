# A PC that was enrolled gets its layers, the secret one too, and its images; an hourly run with nothing to do is one connection.
ssh-keygen -q -t ed25519 -N '' -f host_key
make_store
enrolled_pc pc1
start_sshd
pc pc1 apply --root pc1/root >apply.log 2>&1 || fail "apply: $(cat apply.log sshd.log)"
is "$(cd pc1/root/etc; echo *-*)" 'allie-image group-lab-all group-lab-f18 host-pc1-all'
is "$(cat pc1/root/etc/host-pc1-all)" 'of host/pc1/all'
[ ! -e pc1/root/etc/group-office-all ] || fail 'a layer of another group came'

: >sshd.log
pc pc1 apply --root pc1/root >apply.log 2>&1
is "$(logins)" 1 'logins of a run with nothing to do'
is "$(cat apply.log)" ''

mkdir slot
mount -t tmpfs none slot
pc pc1 image fetch f18 slot >fetch.log 2>&1 || fail "fetch: $(cat fetch.log)"
is "$(cat slot/etc/shadow)" 'secret of f18'
is "$(pgrep -c ssh$ || :)" 0 'ssh processes of ours that stayed'
is "$(find pc1/run -name 'scratch*' | wc -l)" 0 'directories that stayed'

# What a new image asks to know that the server is there (allie confirm): no module of it.
rsync --timeout=20 --rsh="ssh -i pc1/key -p 2222 -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null" rsync://root@127.0.0.1/ >greeting.log 2>&1 ||
  fail "greeting: $(cat greeting.log)"
# The overlays are mounted for each visit, seen by nobody else and gone with it; the PC has its own line of the hosts file alone.
is "$(grep -c "$W/store" /proc/[0-9]*/mountinfo | grep -vc ':0$' || :)" 0 'mounts that stayed'
is "$(cat pc1/root/var/lib/allie/layers/hosts)" 'pc1 groups=lab images=f18'
on_server host set pc1 tag.room=W210 >set.log 2>&1 || fail "$(cat set.log)"
on_server server conf >conf.log 2>&1 || fail "$(cat conf.log)"
echo '{{ tag.room }}' >store/overlays/all/etc/room.allie
pc pc1 apply --root pc1/root >apply.log 2>&1 || fail "with a tag: $(cat apply.log)"
is "$(cat pc1/root/etc/room)" W210
