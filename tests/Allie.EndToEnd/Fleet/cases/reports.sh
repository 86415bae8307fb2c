# A PC's report comes to its own place, over ssh and by rsyncd; where it cannot be sent the run is as good as before, and the local log says why.
ssh-keygen -q -t ed25519 -N '' -f host_key
make_store
enrolled_pc pc1
make_pc pc2 'port = 8730'
on_server host set pc2 addr=127.0.0.1 >set.log 2>&1
on_server server conf >conf.log 2>&1 || fail "$(cat conf.log)"
start_sshd
start_rsyncd
for name in pc1 pc2; do
  sed -i "s|^\[paths\]|&\nstate = \"$W/$name/state\"|" "$name/allie.toml"
  echo "{\"schema\":1,\"host\":\"$name\"}" >"$name/state/report.json"
  echo "the log of $name" >"$name/state/apply.log"
  # rsyncd knows a PC by the name of its module, which a PC without a fetch takes from its settings.
  pc "$name" report >report.log 2>&1 || fail "report of $name: $(cat report.log sshd.log rsyncd.log)"
  is "$(jq -r .host "store/reports/$name/report.json")" "$name"
  is "$(cat "store/reports/$name/apply.log")" "the log of $name"
  is "$(stat -c '%U %a' "store/reports/$name/report.json")" 'nobody 640'
done
# A newer one takes the old one's place.
echo '{"schema":1,"host":"pc1","n":2}' >pc1/state/report.json
pc pc1 report >report.log 2>&1
is "$(jq -r .n store/reports/pc1/report.json)" 2
is "$(find store/reports/pc1 -type f | wc -l)" 2 'files in the place'

# imageconf: one login for the run and its report; conf/ holds 00overlay as an image has it.
mkdir -p pc1/conf pc1/root/var/lib
sed -i "s|^\[paths\]|&\nconf = \"$W/pc1/conf\"|" pc1/allie.toml
printf '#!/bin/sh\nexec "%s" apply --root "%s"\n' "$ALLIE_BINARY" "$W/pc1/root" >pc1/conf/00overlay
chmod 755 pc1/conf/00overlay
: >sshd.log
echo '{"schema":1,"host":"pc1","n":3}' >pc1/state/report.json
pc pc1 imageconf >run.log 2>&1 || fail "imageconf: $(cat run.log)"
is "$(cat pc1/root/etc/f18)" 'of f18'
is "$(jq -r .n store/reports/pc1/report.json)" 3
is "$(logins)" 1 'logins of an hourly run with its report'

# The place is gone on the server: the run is well, and says nothing; the log does.
mv store/reports/pc1 store/reports/away
echo '{"schema":1,"host":"pc1","n":4}' >pc1/state/report.json
pc pc1 imageconf >run.log 2>&1 || fail "imageconf without a place: $(cat run.log)"
is "$(cat run.log)" ''
grep -q 'cannot send the report' pc1/state/report.log || fail 'the local log does not say it'
