# A capture that is killed at any moment: what PCs get is untouched, the tree counts as incomplete, and the same command completes it. The moments are
# not guessed by a clock: the golden PC's answer stops after so many bytes of a connection, and then comes the kill, of all processes or of allie alone.
make_store
admin_by_ssh
# So many bytes, each read passed on as it comes: dd counts a short read of a pipe as a whole block, and waiting for whole blocks would hold up the answer.
cat >part <<'PERL'
$| = 1;
my $left = shift;
while ($left > 0) {
  my $read = sysread(STDIN, my $bytes, $left < 65536 ? $left : 65536) or last;
  print $bytes;
  $left -= $read;
}
PERL
cat >gate <<SH
#!/bin/bash
# The command of a connection: notes how much it answers; in connection STOP_IN of file stop it answers STOP_AT bytes, and the rest when it may go on.
cd "$W"
echo >>connections
n=\$(wc -l <connections)
. ./stop
if [ "\$n" = "\$STOP_IN" ]; then
  bash -c "\$SSH_ORIGINAL_COMMAND" | { perl part \$STOP_AT; : >stopped; until [ -e go ]; do sleep 0.02; done; cat; }
else
  bash -c "\$SSH_ORIGINAL_COMMAND" | tee >(wc -c >"bytes.\$n")
fi
exit "\${PIPESTATUS[0]}"
SH
chmod 755 gate
sed -i "s|^|command=\"$W/gate\" |" admin.pub
echo 'STOP_IN=0' >stop
mkdir -p system/etc system/usr/many
for n in {1..800}; do head -c 4096 /dev/urandom >"system/usr/many/$n"; done
head -c 3M /dev/urandom >system/usr/one
capture() { rm -f connections; on_server image capture --ssh root@127.0.0.1 f18 --root "$W/system" -y; }
# With the time of each directory and file, but the lock files.
served() { (cd store/images && find f18 .generations -printf '%p %i %y %m %s %T@ %l\n' | sort && find f18/ .generations -type f -exec md5sum {} + | sort); }
served >before
capture >log 2>&1 || fail "$(cat log)"
last=$(wc -l <connections)
length=$(cat bytes.* | sort -n | tail -n 1)
fetch=$(grep -lx "$length" bytes.* | cut -d. -f2)
[ "$fetch" -gt 1 ] && [ "$last" -gt "$fetch" ] && [ "$length" -gt 6000000 ] || fail "not a look, a fetch and a verify: $fetch of $last has $length bytes"

# killed_at CONNECTION BYTES WHOM: notes how many bytes were there.
killed_at() {
  rm -rf store/images/.work/f18 store/images/.work/.f18.capture connections stopped go
  echo "STOP_IN=$1 STOP_AT=$2" >stop
  setsid bash -c 'exec "$ALLIE_BINARY" "$@"' - image capture --ssh root@127.0.0.1 f18 --root "$W/system" -y --config "$W/server.toml" >log 2>&1 &
  local job=$! rc=0 bytes before=-1
  for _ in {1..1500}; do [ ! -e stopped ] || break; sleep 0.02; done
  [ -e stopped ] || fail "$*: never got there: $(cat log)"
  # What was answered has come and is written, but for what rsync still holds of a file (256 KiB) and the file list: nothing changes any more.
  for _ in {1..300}; do
    bytes=$({ find store/images/.work/f18 -type f -printf '%s\n' 2>/dev/null || true; } | awk '{ all += $1 } END { print all + 0 }')
    [ "$bytes" != "$before" ] || [ $((bytes + 512 * 1024)) -lt "$2" ] || break
    before=$bytes
    sleep 0.1
  done
  if [ "$3" = all ]; then kill -KILL -- "-$job"; else kill -KILL "$job"; fi
  wait "$job" || rc=$?
  is "$rc" 137 "$*"
  : >go
  for _ in {1..3000}; do [ -n "$(pgrep -g "$job")" ] || break; sleep 0.02; done
  is "$(pgrep -g "$job" | wc -l)" 0 "$*: processes of it that stayed"
  echo "$bytes" >>counts
  served | cmp -s - before || fail "$*: what is served has changed"
  rc=0
  on_server image publish f18 -y >publish.log 2>&1 || rc=$?
  is "$rc" 2 "$*: an incomplete tree was published: $(cat publish.log)"
}
RANDOM=$((10#$(date +%N) % 32768))
echo "RANDOM=$RANDOM"
killed_at 1 0 all
killed_at "$fetch" 0 allie
killed_at "$last" 0 all
for part in 10 50 90; do
  killed_at "$fetch" $((length / 100 * part)) all
  killed_at "$fetch" $(((RANDOM * 32768 + RANDOM) % length)) allie
done
all=$((800 * 4096 + 3 * 1024 * 1024))
awk -v all=$all '$1 > 0 && $1 < all / 3 { early = 1 } $1 > all / 3 && $1 < all * 2 / 3 { middle = 1 } $1 > all * 2 / 3 && $1 < all { late = 1 } $1 == 0 { none = 1 } $1 == all { whole = 1 }
  END { exit !(none && early && middle && late && whole) }' counts || fail "the kills did not hit at spread points: $(tr '\n' ' ' <counts)"
echo 'STOP_IN=0' >stop
capture >log 2>&1 || fail "$(cat log)"
rsync -aHAXni --delete system/ store/images/.work/f18/ >differs
is "$(cat differs)" ''
served | cmp -s - before || fail 'what is served has changed'
echo "killed with so many of $all bytes there: $(tr '\n' ' ' <counts)"
