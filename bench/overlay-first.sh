# shellcheck shell=bash disable=SC2154
# A first apply of 10,000 files of a local layer, beside a local rsync -a of them, and two more runs with nothing to do. rsync leaves its files in memory; an
# apply returns when they are on the disk, with undo and notes. So rsync is measured twice: as it is, and with the sync that makes the two comparable.

bench_overlay-first() {
  local n round order m="$work/first"
  # A file system of its own, where nothing is deleted: ext4 keeps away from the inodes that were freed in the last minutes, and looks at each of them for
  # each new file, which was most of the time of both.
  truncate -s 4G "$work/disk"
  mkfs.ext4 -q -N 1000000 -E lazy_itable_init=0,lazy_journal_init=0 "$work/disk"
  mkdir -p "$m"
  mount -o loop "$work/disk" "$m"
  mkdir -p "$m/big/etc"
  for n in $(seq 10000); do echo "$n" >"$m/big/etc/file$n"; done
  echo 'overlay-first: first apply of 10,000 files, and again with nothing to do; local layer, 9 rounds; target: first at most 1.5 x rsync, no-op under 0.3 s'
  for round in $(seq 9); do
    order=(rsync-local rsync-and-sync allie-first)
    [ $((round % 2)) = 1 ] || order=(allie-first rsync-and-sync rsync-local)
    mkdir "$m/a$round" "$m/b$round" "$m/s$round"
    for n in "${order[@]}"; do
      sync -f "$m"
      case $n in
        rsync-local) round "$n" rsync -a "$m/big/" "$m/a$round/" ;;
        rsync-and-sync) round "$n" sh -c "rsync -a '$m/big/' '$m/s$round/' && sync -f '$m'" ;;
        *) round "$n" "$binary" apply --root "$m/b$round" --layer "$m/big" ;;
      esac
    done
    round allie-again "$binary" apply --root "$m/b$round" --layer "$m/big"
    round allie-no-op "$binary" apply --root "$m/b$round" --layer "$m/big" # the run before has compared all and remembers
  done
  [ "$(find "$m/b1/etc" -type f | wc -l)" = 10000 ] || { echo 'bench: not all files are there'; exit 1; }
  umount "$m"
  rm "$work/disk"
  report rsync-local rsync-local rsync-and-sync allie-first allie-again allie-no-op
  echo '... and as ratios to rsync with its sync'
  report rsync-and-sync rsync-and-sync allie-first
}
