# shellcheck shell=bash disable=SC2154,SC2034
# What a PC's visit with nothing to do costs the server: CPU seconds of sshd or rsyncd and all they started, for 1, 8 and 32 PCs at once; and by
# rsyncd with the modules of 1000 PCs in its file, which it reads for each connection.

bench_server-visits() {
  local n pcs=32 layer overlays="$work/store/overlays"
  command -v sshd >/dev/null || { echo 'bench: needs sshd'; exit 1; }
  mount -t tmpfs -o mode=755 run /run
  mkdir -p /run/sshd "$work/sshd_config.d" "$work/store/images" "$work/store/keys"
  for layer in all f18 group/g/all; do
    mkdir -p "$overlays/$layer/etc/d"
    for n in $(seq 100); do echo "$layer $n" >"$overlays/$layer/etc/d/${layer//\//-}-$n"; done
  done
  printf 'store = "%s/store"\n[rsyncd]\nconf = "%s/rsyncd.conf"\nport = 8730\n[ssh]\nconf = "%s/sshd_config.d/allie.conf"\n' "$work" "$work" "$work" >"$work/server.toml"
  ssh-keygen -q -t ed25519 -N '' -f "$work/host_key"
  printf 'Include %s/sshd_config.d/*.conf\nPort 2222\nHostKey %s/host_key\nStrictModes no\nUsePAM no\nPidFile none\nSetEnv HOME=%s\n' "$work" "$work" "$work" >"$work/sshd_config"
  for n in $(seq "$pcs"); do
    visitor "n$n"
    cp "$work/n$n/key.pub" "$work/store/keys/n$n.pub"
  done
  echo "n[1-$pcs] images=f18 groups=g addr=127.0.0.1" >"$work/store/hosts"
  ALLIE_CONFIG=$work/server.toml "$binary" server conf >/dev/null 2>&1

  "$(command -v sshd)" -D -f "$work/sshd_config" -E "$work/sshd.log" &
  visits ssh $! ssh "$pcs"
  rsync --daemon --no-detach --config="$work/rsyncd.conf" &
  visits rsyncd $! rsyncd "$pcs"
  echo "m[1-968] images=f18 addr=127.0.0.1" >>"$work/store/hosts"
  ALLIE_CONFIG=$work/server.toml "$binary" server conf >/dev/null 2>&1
  rsync --daemon --no-detach --config="$work/rsyncd.conf" &
  visits "rsyncd, 1000 PCs" $! rsyncd 8
}

visitor() {
  mkdir -p "$work/$1"/{ssh,rsyncd}/etc
  ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/$1/key"
  for way in ssh rsyncd; do
    printf 'name = "f18"\ngeneration = 1\n' >"$work/$1/$way/etc/allie-image"
    { printf '[server]\naddress = "127.0.0.1"\n'
      if [ "$way" = ssh ]; then printf 'port = 2222\nkey = "%s/key"\nhost-keys = ["%s"]\n' "$work/$1" "$(cat "$work/host_key.pub")"; else printf 'port = 8730\n'; fi
      printf '[pc]\nname = "%s"\n[paths]\nrun = "%s/run"\n' "$1" "$work/$1"; } >"$work/$1/$way.toml"
  done
}

# visits NAME PID WAY PCS: of the server process PID, which is ended then.
visits() {
  local name=$1 server=$2 way=$3 pcs=$4 at n round before after begun
  sleep 1
  for n in $(seq "$pcs"); do "$binary" apply --root "$work/n$n/$way" --config "$work/n$n/$way.toml" >/dev/null; done
  for at in 1 8 32; do
    [ "$at" -le "$pcs" ] || continue
    before=$(spent "$server") begun=$(date +%s.%N)
    for round in $(seq $((64 / at))); do
      local pids=()
      for n in $(seq "$at"); do
        "$binary" apply --root "$work/n$n/$way" --config "$work/n$n/$way.toml" &
        pids+=($!)
      done
      for n in "${pids[@]}"; do wait "$n" || { echo "bench: a visit by $way failed"; exit 1; }; done
    done
    after=$(date +%s.%N)
    sleep 1 # until the server has reaped its last child
    awk -v name="$name" -v at="$at" -v cpu="$(($(spent "$server") - before))" -v hz="$(getconf CLK_TCK)" -v wall="$(awk -v a="$begun" -v b="$after" 'BEGIN { print b - a }')" -v all="$((64 / at * at))" \
      'BEGIN { printf "%-18s %2d at once: server CPU %.4f s a visit, wall %.2f s a round\n", name, at, cpu / hz / all, wall / (all / at) }'
  done
  kill "$server"
  wait "$server" || :
}

# Clock ticks of a process and of all its children that have ended (proc_pid_stat(5), utime to cstime).
spent() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 + $14 + $15 }'; }
