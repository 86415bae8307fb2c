# A PC in wrong hands is captured: links where the server writes later, devices, set-id programs, names that are none. Nothing outside of the
# store is read, written or removed by capture, blandify, publish, diff and verify.
make_store
admin_by_ssh
mkdir -p outside/lib/allie outside/etc/ssh system/etc system/usr/bin
for f in stamp passwd machine-id hostname fstab etc/ssh/ssh_host_rsa_key lib/allie/sparse lib/allie/digests lib/random-seed; do echo "mine: $f" >"outside/$f"; done
cd system
ln -s "$W/outside" var
ln -s "$W/outside/stamp" etc/allie-image
ln -s "../../../../../../../..$W/outside/machine-id" etc/machine-id
ln -s "$W/outside/hostname" etc/hostname
ln -s "$W/outside/fstab" etc/fstab
ln -s "$W/outside/etc/ssh" etc/ssh
ln -s / usr/top
ln -s .. usr/up
mknod usr/disk b 7 0
mkfifo usr/fifo
cp /bin/true usr/bin/su
chmod 4755 usr/bin/su
printf x >"usr/$(printf 'a\nb\377\033[2J')"
printf x >'usr/--delete'
printf x >'usr/$(touch hacked)'
cd ..
look() { find outside -printf '%p %i %y %m %s %T@ %C@\n' | sort; find "$W" -path "$W/store" -prune -o -name hacked -print; ls -A "$W" | grep -v -e log -e looked -e '^known$' -e '^accept.d$'; }
: >looked-before
look >looked-before
for var in link plain; do
[ $var = link ] || { rm system/var; mkdir -p system/{var/lib,proc,sys,dev,run,tmp}; }
on_server image capture --ssh root@127.0.0.1 bad --root "$W/system" -y >log 2>&1 || fail "the capture: $(cat log)"
[ -L store/images/.work/bad/etc/fstab ] && [ -b store/images/.work/bad/usr/disk ] || fail 'the tree is not as it was offered'
done_well=0
for verb in 'image blandify bad' 'image blandify bad --accept /etc/ssh /etc/machine-id' 'image publish bad -y' 'image verify bad' 'image diff bad bad@1' 'image edit bad -- /usr/bin/su' 'image diff bad --files' 'image show bad' 'image remove bad -y'; do
  rc=0
  # shellcheck disable=SC2086
  timeout 60 "$ALLIE_BINARY" ${verb%% -- *} --config "$W/server.toml" ${verb#"${verb%% -- *}"} >verb.log 2>&1 </dev/null || rc=$?
  [ "$rc" -ne 124 ] || fail "$verb hangs"
  if grep -q 'mine:\|Unhandled\|   at Allie' verb.log; then fail "$verb ($rc): $(cat verb.log)"; fi
  [ "$var$rc" != plain1 ] || [[ $verb != *publish* ]] || fail "it was not published, so nothing was tried: $(cat verb.log)"
  if grep -q $'\033' verb.log; then fail "$verb writes a name to the terminal as it is"; fi
  [ "$rc" -ne 0 ] || done_well=$((done_well + 1))
  echo "$verb: $rc $(head -n 1 verb.log)"
  look | grep -v '^verb.log$' >looked
  diff looked-before looked || fail "after $verb something outside of the store is not as it was"
done
[ "$done_well" -gt 2 ] || fail "only $done_well verbs did anything"
done
is "$(stat -c %a store)" 700
