# A capture that is killed at any moment: what PCs get is untouched, the tree counts as incomplete, and the same command completes it.
make_store
ssh-keygen -q -t ed25519 -N '' -f host_key
ssh-keygen -q -t ed25519 -N '' -C '' -f admin
echo "AuthorizedKeysFile $W/admin.pub" >sshd_config.d/admin.conf
start_sshd
echo "[127.0.0.1]:2222 $(cut -d' ' -f1,2 host_key.pub)" >known
export RSYNC_RSH="ssh -F none -i $W/admin -o BatchMode=yes -o UserKnownHostsFile=$W/known -p 2222"
mkdir -p system/etc system/usr/many
for n in {1..1500}; do head -c 4096 /dev/urandom >"system/usr/many/$n"; done
head -c 20M /dev/urandom >system/usr/big
capture() { on_server image capture --ssh root@127.0.0.1 f18 --root "$W/system" -y; }
# With the time of each directory and file, but the lock files.
served() { (cd store/images && find f18 .generations -printf '%p %i %y %m %s %T@ %l\n' | sort && find f18/ .generations -type f -exec md5sum {} + | sort); }
served >before
began=$(date +%s%N)
capture >log 2>&1 || fail "$(cat log)"
whole=$((($(date +%s%N) - began) / 1000000))
RANDOM=7
killed=0 inside=0
for round in {1..8}; do
  rm -rf store/images/.work/f18 store/images/.work/.f18.capture
  setsid bash -c 'exec "$ALLIE_BINARY" "$@"' - image capture --ssh root@127.0.0.1 f18 --root "$W/system" -y --config "$W/server.toml" >log 2>&1 &
  job=$!
  sleep "0.$(printf '%03d' $((RANDOM % (whole < 999 ? whole : 999))))"
  if kill -KILL -- "-$job" 2>/dev/null; then
    killed=$((killed + 1))
    [ ! -e store/images/.work/f18 ] || inside=$((inside + 1))
  fi
  wait "$job" 2>/dev/null || :
  served | cmp -s - before || fail "round $round: what is served has changed"
  rc=0
  on_server image publish f18 -y >publish.log 2>&1 || rc=$?
  is "$rc" 2 "round $round: an incomplete tree was published: $(cat publish.log)"
done
[ "$inside" -gt 1 ] || fail "only $inside of $killed were killed while files came"
capture >log 2>&1 || fail "$(cat log)"
rsync -aHAXni --delete system/ store/images/.work/f18/ >differs
is "$(cat differs)" ''
served | cmp -s - before || fail 'what is served has changed'
echo "$killed killed, $inside of them while files came"
