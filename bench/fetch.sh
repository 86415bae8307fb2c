# shellcheck shell=bash disable=SC2154
# A full image onto a fresh ext4: cp -a (the limit), the plain rsync script, and ours. Source: this machine's own /usr, about 1.5 GB at most.

fresh() { # fresh: an empty ext4 at $work/target
  umount "$work/target" 2>/dev/null || true
  rm -f "$work/target.img"
  truncate -s 6G "$work/target.img"
  mkfs.ext4 -q -L bench "$work/target.img"
  mount -o loop "$work/target.img" "$work/target"
}

bench_fetch() {
  local round image="$work/store/images/.generations/bench/1"
  mkdir -p "$image/etc" "$work/target"
  cp -a --one-file-system /usr/share /usr/bin /usr/sbin "$image/" 2>/dev/null || true
  mkdir -p "$image/usr"
  mv "$image/share" "$image/bin" "$image/sbin" "$image/usr/"
  cp -a /usr/lib/x86_64-linux-gnu "$image/usr/"
  printf 'name = "bench"\ngeneration = 1\n' >"$image/etc/allie-image"
  ln -s .generations/bench/1 "$work/store/images/bench"
  printf 'store = "%s/store"\n[rsyncd]\nconf = "%s/rsyncd.conf"\n' "$work" "$work" >"$work/server.toml"
  printf '[server]\naddress = "127.0.0.1"\n' >"$work/allie.toml"
  ALLIE_CONFIG=$work/server.toml "$binary" server conf >/dev/null
  rsync --daemon --no-detach --config="$work/rsyncd.conf" &
  echo "fetch: $(du -sm "$image" | cut -f1) MB, $(find "$image" | wc -l) entries, 3 rounds"
  for round in 1 2 3; do
    cat "$image"/usr/bin/* >/dev/null 2>&1 || true
    fresh; round cp-a sh -c "cp -a '$image/.' '$work/target/'; sync -f '$work/target'"
    fresh; round plain-rsync sh -c "rsync -aHAX --numeric-ids rsync://127.0.0.1/image-bench/ '$work/target/'; sync -f '$work/target'"
    fresh; round allie "$binary" image fetch bench "$work/target" --config "$work/allie.toml"
  done
  umount "$work/target"
  kill %1
  report cp-a cp-a plain-rsync allie
  rm -rf --one-file-system "$work/store" "$work/target.img"
}
