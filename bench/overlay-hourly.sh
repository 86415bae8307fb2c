# shellcheck shell=bash disable=SC2154
# The hourly run when nothing changed: 300 files in 3 layers over rsyncd, beside a bare rsync of the same files and its peers.

# shellcheck source=overlay-peers.sh
. bench/overlay-peers.sh

bench_overlay-hourly() {
  local round layer root="$work/root" overlays="$work/store/overlays"
  mkdir -p "$root/etc" "$work/bare" "$work/store/images"
  printf 'name = "f18"\ngeneration = 1\n' >"$root/etc/allie-image"
  for layer in all f18 group/g/all; do
    mkdir -p "$overlays/$layer/etc/d"
    for n in $(seq 100); do echo "$layer $n" >"$overlays/$layer/etc/d/${layer//\//-}-$n"; done
  done
  echo 'pc groups=g' >"$work/store/hosts"
  printf 'store = "%s/store"\n[rsyncd]\nconf = "%s/rsyncd.conf"\n' "$work" "$work" >"$work/server.toml"
  printf '[server]\naddress = "127.0.0.1"\n[pc]\nname = "pc"\n' >"$work/allie.toml"
  ALLIE_CONFIG=$work/server.toml "$binary" server conf >/dev/null
  rsync --daemon --no-detach --config="$work/rsyncd.conf" &
  ALLIE_CONFIG=$work/allie.toml "$binary" apply --root "$root" >/dev/null
  rsync -a rsync://127.0.0.1/pc/ "$work/bare/"
  prepare_peers "$work/bare/overlays"
  echo 'overlay: hourly run with nothing to do, 300 files in 3 layers over rsyncd, 15 rounds'
  for round in $(seq 15); do
    round bare-rsync rsync -a rsync://127.0.0.1/pc/ "$work/bare/"
    round allie-apply "$binary" apply --root "$root" --config "$work/allie.toml"
    round_peers "$round"
  done
  kill %1
  report bare-rsync bare-rsync allie-apply "${peers[@]}"
}
