# 64 PCs at once: none is lost. Over ssh with the generated limit none is even refused; with a small one, and by an rsyncd that is full, those
# that were refused come again by themselves.
ssh-keygen -q -t ed25519 -N '' -f host_key
make_store
all=64
mkdir -p store/keys
for n in $(seq "$all"); do
  make_pc "n$n"
  ssh-keygen -q -t ed25519 -N '' -C '' -f "n$n/key"
  cp "n$n/key.pub" "store/keys/n$n.pub"
done
echo "n[1-$all] images=f18" >>store/hosts
on_server server conf >conf.log 2>&1 || fail "$(cat conf.log)"

# visits: all at once; how many of them ended well, and got the layer.
visits() {
  local n pids=()
  for n in $(seq "$all"); do
    rm -rf "n$n/root/etc" "n$n/root/var"
    mkdir -p "n$n/root/etc"
    echo 'name = "f18"' >"n$n/root/etc/allie-image"
    pc "n$n" apply --root "n$n/root" >"n$n/log" 2>&1 &
    pids+=($!)
  done
  for n in "${pids[@]}"; do wait "$n" || :; done
  for n in $(seq "$all"); do
    if [ "$(cat "n$n/root/etc/f18" 2>/dev/null)" = 'of f18' ]; then echo well; else cat "n$n/log" >&2; fi
  done | grep -c well
}

start_sshd
is "$(visits)" "$all" 'visits over ssh with the generated limit'
is "$(grep -c 'past MaxStartups\|MaxStartups throttling' sshd.log || :)" 0 'refused at the generated limit'
kill "$sshd"
wait "$sshd" || :

# Of this one sshd takes the last value that it reads (9.2, tried).
echo 'MaxStartups 2:80:6' >sshd_config.d/z.conf
: >sshd.log
start_sshd
is "$(visits)" "$all" 'visits over ssh that refuses most'
[ "$(grep -c 'past MaxStartups\|MaxStartups throttling' sshd.log || :)" -gt 0 ] || fail 'the small limit has refused none: nothing was tried'
echo "ssh: $(grep -c 'past MaxStartups\|MaxStartups throttling' sshd.log || :) refused at the small limit"

sed -i 's/max connections = .*/max connections = 3/' rsyncd.conf
start_rsyncd
for n in $(seq "$all"); do sed -i '/^host-keys/d; s/^port = .*/port = 8730/' "n$n/allie.toml"; done
is "$(visits)" "$all" 'visits by an rsyncd that is full'
[ "$(grep -c 'max connections' rsyncd.log)" -gt 0 ] || fail 'rsyncd was never full: nothing was tried'
echo "rsyncd: $(grep -c 'max connections' rsyncd.log) times full"
