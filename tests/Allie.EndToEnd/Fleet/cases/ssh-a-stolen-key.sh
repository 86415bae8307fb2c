# Whoever has a PC's key gets that PC's things and no others, whatever he asks for.
ssh-keygen -q -t ed25519 -N '' -f host_key
make_store
enrolled_pc pc1
enrolled_pc pc2
start_sshd
mkdir -p store/reports/pc2
echo 'of pc2' >store/reports/pc2/report.json
ln -s / store/overlays/all/top
ln -s ../host store/overlays/all/hosts
printf '%s\n' "127.0.0.1 $(cat host_key.pub)" "[127.0.0.1]:2222 $(cat host_key.pub)" >known
thief="ssh -F none -p 2222 -l root -i $W/pc1/key -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes -o UserKnownHostsFile=$W/known -o StrictHostKeyChecking=yes"

# That the way is open at all: what the refusals below stand beside.
rsync -aHAX --rsh="$thief" 127.0.0.1::pc/ own/ >out 2>&1 || fail "its own things do not come: $(cat out sshd.log)"
is "$(cat own/overlays/host/pc1/all/etc/host-pc1-all)" 'of host/pc1/all'
is "$(cd own/overlays; find . -mindepth 1 -maxdepth 3 -type d ! -name etc | sort | tr '\n' ' ')" './all ./f18 ./group ./group/lab ./group/lab/all ./group/lab/f18 ./host ./host/pc1 ./host/pc1/all '
is "$(cat own/hosts)" 'pc1 groups=lab images=f18'
is "$(ls -A own | tr '\n' ' ')" 'hosts overlays '
rsync -aHAX --rsh="$thief" 127.0.0.1::image-f18/ image/ >out 2>&1 || fail "its own image does not come: $(cat out)"

tries=0
refused() {
  rm -rf got
  mkdir got
  if timeout 60 "$@" >out 2>&1 </dev/null && [ -n "$(find got -type f)" ]; then fail "got something by: $* : $(find got -type f)"; fi
  if grep -rqs -e 'of host/pc2' -e 'of group/office' -e 'secret of sl6' -e 'of pc2' -e 'root:' -e groups=office got out; then fail "read something by: $*"; fi
  tries=$((tries + 1))
}
for path in image-sl6/ image-sl6/etc/shadow pc/overlays/host/pc2/ pc/overlays/host/ pc/overlays/host/pc2/all/etc/host-pc2-all pc/overlays/sl6/ pc/overlays/group/office/ \
  pc/images/ pc/reports/ pc/keys/ pc/ssh/ pc/overlays/all/hosts/pc2/ pc/overlays/all/top/etc/ pc/../etc/passwd pc/overlays/../../../../etc/passwd pc-pc2/ report/ report/report.json \
  report-pc2/ report/../pc2/report.json image-f18/../../sl6/etc/shadow image-f18/../../../../../etc/passwd; do
  refused rsync -rlptD --rsh="$thief" "127.0.0.1::$path" got/
done
for options in -L -k --copy-unsafe-links --files-from=:/hosts '--filter=: /overlays/all/hosts/pc2/all/etc/host-pc2-all'; do
  refused rsync -r $options --rsh="$thief" 127.0.0.1::pc/overlays/all/ got/
  rm -rf got; mkdir got
  timeout 60 rsync -r $options --rsh="$thief" 127.0.0.1::pc/ got/ >out 2>&1 </dev/null || :
  if grep -rqs -e 'of host/pc2' -e 'of group/office' -e 'secret of sl6' -e groups=office got out; then fail "a link opened something with $options"; fi
  tries=$((tries + 1))
done

# A list of modules: none but those of this PC, and those only if they are listed.
rsync --rsh="$thief" 127.0.0.1:: >list 2>&1 || :
if grep -qE 'sl6|pc2|report' list; then fail "modules are listed: $(cat list)"; fi

# Not by rsync without the daemon, nor with another program or configuration.
refused rsync -r --rsh="$thief" 127.0.0.1:/etc/passwd got/
refused rsync -r --rsh="$thief" "127.0.0.1:$W/store/overlays/host/pc2/" got/
refused rsync -r --rsync-path="cat /etc/passwd #" --rsh="$thief" 127.0.0.1:/etc/passwd got/
refused rsync -r --rsync-path="rsync --config=/dev/null" --rsh="$thief" 127.0.0.1::pc/overlays/host/pc2/ got/
echo x >new
for to in pc/ pc/overlays/all/etc/ image-f18/etc/ report/other report/sub/ report/.ssh/; do
  before=$(find store -newer new -type f ! -path '*/reports/pc1/*' | wc -l)
  timeout 60 rsync -r --rsh="$thief" new "127.0.0.1::$to" >out 2>&1 </dev/null || :
  is "$(find store -newer new -type f | wc -l)" "$before" "files written by a push to $to"
  tries=$((tries + 1))
done
ln -sf /etc/passwd report.json
timeout 60 rsync -l --rsh="$thief" report.json 127.0.0.1::report/ >out 2>&1 </dev/null || :
[ ! -L store/reports/pc1/report.json ] || fail 'a link was put into the report'
rm report.json
head -c 3000000 /dev/zero >report.json
timeout 60 rsync --rsh="$thief" report.json 127.0.0.1::report/ >out 2>&1 </dev/null || :
[ ! -e store/reports/pc1/report.json ] || [ "$(stat -c %s store/reports/pc1/report.json)" -le 1048576 ] || fail 'a report of 3 MB was taken'

# No shell, no command, no terminal, no file transfer of ssh, no forwarding either way, no agent, no variables.
refused $thief 127.0.0.1 cat /etc/passwd
refused $thief -tt 127.0.0.1 sh -c 'cat /etc/passwd'
refused $thief 127.0.0.1 "rsync --server --sender -r . $W/store/overlays/host/pc2/"
refused $thief -o SetEnv=RSYNC_RSH=sh 127.0.0.1 sh
refused sftp -F none -P 2222 -i "$W/pc1/key" -o BatchMode=yes -o UserKnownHostsFile="$W/known" root@127.0.0.1:/etc/passwd got/
refused scp -F none -P 2222 -i "$W/pc1/key" -o BatchMode=yes -o UserKnownHostsFile="$W/known" root@127.0.0.1:/etc/passwd got/
python3 -m http.server 8099 --bind 127.0.0.1 --directory store/overlays/host/pc2/all >/dev/null 2>&1 &
await 8099
timeout 20 $thief -N -o ExitOnForwardFailure=yes -L 8098:127.0.0.1:8099 127.0.0.1 >out 2>&1 </dev/null &
forward=$!
for _ in {1..600}; do (: </dev/tcp/127.0.0.1/8098) 2>/dev/null && break; kill -0 $forward 2>/dev/null || break; sleep 0.05; done
python3 -c 'import urllib.request; print(urllib.request.urlopen("http://127.0.0.1:8098/", timeout=5).read())' >got.forward 2>&1 || :
kill $forward 2>/dev/null || :
if grep -q etc got.forward; then fail 'a port was forwarded'; fi
if timeout 20 $thief -N -o ExitOnForwardFailure=yes -R 8097:127.0.0.1:8099 127.0.0.1 >out 2>&1 </dev/null; then fail 'a port was forwarded back'; fi
grep -q 'remote port forwarding failed' out || fail "the forwarding back was not refused: $(cat out)"
echo "$tries tries"
