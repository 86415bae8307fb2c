# shellcheck shell=bash disable=SC2154
# The hourly run when nothing changed: 300 files in 3 layers over rsyncd, beside a bare rsync of the same files and its peers; and a first apply of 10,000.

# shellcheck source=overlay-peers.sh
. bench/overlay-peers.sh

bench_overlay() {
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

  # A file system of its own, where nothing is deleted: ext4 keeps away from the inodes that were freed in the last minutes, and looks at each of them for
  # each new file, which was most of the time of both.
  truncate -s 4G "$work/disk"
  mkfs.ext4 -q -N 1000000 -E lazy_itable_init=0,lazy_journal_init=0 "$work/disk"
  mkdir -p "$work/first"
  mount -o loop "$work/disk" "$work/first"
  mkdir -p "$work/first/big/etc"
  for n in $(seq 10000); do echo "$n" >"$work/first/big/etc/file$n"; done
  echo 'overlay: first apply of 10,000 files, and again with nothing to do; local layer, 9 rounds'
  for round in $(seq 9); do
    mkdir "$work/first/a$round" "$work/first/b$round"
    sync -f "$work/first"
    round rsync-local sh -c "rsync -a '$work/first/big/' '$work/first/a$round/'; sync -f '$work/first'"
    round allie-first "$binary" apply --root "$work/first/b$round" --layer "$work/first/big"
    round allie-again "$binary" apply --root "$work/first/b$round" --layer "$work/first/big"
    round allie-no-op "$binary" apply --root "$work/first/b$round" --layer "$work/first/big" # the run before has compared all and remembers
  done
  umount "$work/first"
  rm "$work/disk"
  report rsync-local rsync-local allie-first allie-again allie-no-op

  for n in $(seq 100); do mkdir -p "$work/huge/etc/directory-$n" && (cd "$work/huge/etc/directory-$n" && seq -f 'file-of-an-ordinary-length-%g.conf' 1000 | xargs touch); done
  mkdir "$work/c"
  "$binary" apply --root "$work/c" --layer "$work/huge" >"$work/said" || { cat "$work/said"; exit 1; }
  echo 'overlay: plan for 100,000 paths, all applied before; local layer, 3 rounds; target: peak under 150 MiB'
  for round in 1 2 3; do round allie-plan "$binary" apply -n --root "$work/c" --layer "$work/huge"; done
  report allie-plan allie-plan
}
