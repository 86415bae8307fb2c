# shellcheck shell=bash
# Words for cases with a server: a real rsyncd on loopback, set up by `allie server conf`. server/ is its store, this PC is pc1.

# serve: the store as it is now; server/hosts and the layers may change later.
serve() {
  printf 'store = "%s"\n[rsyncd]\nconf = "%s"\n' "$CASE/server" "$CASE/rsyncd.conf" > server.toml
  mkdir -p server/images
  "$ALLIE_BINARY" server conf -y --config server.toml > conf.log 2>&1 || fail "allie server conf: $(cat conf.log)"
  # The locks and the log of this case alone.
  sed -i "s|/run/allie|$CASE/rsyncd|; 1i log file = $CASE/rsyncd.log" rsyncd.conf
  # The image is known by its stamp; without one the run writes it.
  echo 'name = "f18"' > image/etc/allie-image
  manifest image > before
  start_server
}

start_server() {
  local port
  for port in $(shuf -i 20000-32000 -n 20); do
    rsync --daemon --no-detach --config=rsyncd.conf --address=127.0.0.1 --port="$port" 2>> rsyncd.log &
    echo $! > pid.rsyncd
    for _ in {1..1500}; do
      kill -0 "$(cat pid.rsyncd)" 2>/dev/null || break
      if (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        printf '[server]\naddress = "127.0.0.1"\nport = %s\n[pc]\nname = "pc1"\n[paths]\nrun = "%s"\n' "$port" "$CASE/locks" > allie.toml
        return
      fi
      sleep 0.02
    done
  done
  fail 'no rsyncd could be started'
}

stop_server() {
  kill "$(cat pid.rsyncd)"
  wait "$(cat pid.rsyncd)" || :
}

# inject_reads FILE HOW: from its second read on, rsyncd's reads of a file of server/ end so (strace -e inject: error=EIO, retval=0).
inject_reads() {
  strace -f -qq -o injected -e trace=read -P "$CASE/server/$1" -P "/$1" -e "inject=read:$2:when=2+" -p "$(cat pid.rsyncd)" 2> attached &
  echo $! > pid.strace
  for _ in {1..5000}; do grep -q '^TracerPid:.*[1-9]' "/proc/$(cat pid.rsyncd)/status" && break; sleep 0.02; done
}

# connections: how many of each module rsyncd has served since its log was emptied, "pc-pc1 1". Only those of this PC: the others had no request.
connections() { grep -o 'rsync on [^/]*/' rsyncd.log | sed 's|rsync on ||; s|/||' | sort | uniq -c | awk '{ print $2, $1 }'; }

# visit [OPTION..] is what the hourly run does for an image: allie apply --root image
visit() { allie apply --root image "$@"; }

# on_server WORDS..: the binary on the server, with server/ as its store.
on_server() {
  printf 'store = "%s"\n[rsyncd]\nconf = "%s"\n' "$CASE/server" "$CASE/rsyncd.conf" > server.toml
  local pc
  pc=$(cat allie.toml)
  cp server.toml allie.toml
  allie "$@"
  echo "$pc" > allie.toml
}
