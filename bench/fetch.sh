# shellcheck shell=bash disable=SC2154
# An image onto a slot: all of it, and the next generation (5 % of the files changed a little) from what the PC has. Beside cp -a (the limit), the plain
# rsync script, tar and partclone. Slots are two partitions of a disk in memory; the image is this machine's own /usr/share and programs, at least 1.5 GB and 60,000 files.
# ALLIE_BENCH_ROWS="cp-a allie-prep-full" runs these alone, ALLIE_BENCH_ROUNDS=1 once. prep lowers its own priority; with `nice -n 10 ionice -c 3` before it all on a busy machine are alike.

slot_mib=5120
call=(bash -euc '"$@"' bash) # time(1) runs programs; this one runs the functions below

bench_fetch() {
  local round shm=$work/memory
  mkdir -p "$shm" "$work/target" "$work/source" "$work/overlays"
  mount -t tmpfs -o size=90% tmpfs "$shm"
  make_generations
  serve
  echo "fetch: $(du -sm "$gen1" | cut -f1) MB, $(find "$gen1" | wc -l) entries; next generation: $changed files changed; ${ALLIE_BENCH_ROUNDS:-3} rounds"

  for round in $(seq "${ALLIE_BENCH_ROUNDS:-3}"); do
    cat "$gen1"/usr/bin/* >/dev/null 2>&1 || true
    onto_empty round cp-a sh -c "cp -a '$gen1/.' '$work/target/'; sync -f '$work/target'"
    onto_empty round tar sh -c "tar -C '$gen1' --xattrs --xattrs-include='*' --acls -cf - . | tar -C '$work/target' --xattrs --xattrs-include='*' --acls -xpf -; sync -f '$work/target'"
    onto_empty wire plain-rsync sh -c "rsync -aHAX --numeric-ids rsync://127.0.0.1/gen1/ '$work/target/'; sync -f '$work/target'"
    onto_empty wire allie-image-fetch "$binary" image fetch bench "$work/target" --config "$work/allie.toml"
    current 1
    on blank wire allie-prep-full "${call[@]}" prep --slot a --strategy full
    [ -e "$shm/old" ] || old_disk
    ! command -v partclone.ext4 >/dev/null || on old round partclone "${call[@]}" partition_copy

    # The next generation; slot a holds the old one.
    current 2
    on old wire next-full "${call[@]}" prep --slot b --strategy full
    on old wire next-block-clone "${call[@]}" prep --slot b --strategy block-clone
    on old wire next-file-clone "${call[@]}" prep --slot b --strategy file-clone
    on old wire next-in-place "${call[@]}" prep --slot a --strategy in-place
    on old wire next-plain-rsync-delta "${call[@]}" plain_delta
    on old wire next-cp-then-rsync "${call[@]}" cp_then_rsync
  done
  own_peak
  kill %1
  report cp-a cp-a plain-rsync tar partclone allie-image-fetch allie-prep-full
  report next-full next-full next-block-clone next-file-clone next-cp-then-rsync
  report next-plain-rsync-delta next-plain-rsync-delta next-in-place
  echo "bytes on the wire, medians:"
  for round in plain-rsync allie-image-fetch allie-prep-full next-full next-block-clone next-file-clone next-in-place next-plain-rsync-delta; do
    [ -e "$work/wire.$round" ] || continue
    printf '%-28s %14s  %s %%\n' "$round" "$(median <"$work/wire.$round")" \
      "$(echo "$(median <"$work/wire.$round") $(du -sb "$gen1" | cut -f1)" | awk '{ printf "%.2f", 100 * $1 / $2 }')"
  done
  rm -rf --one-file-system "$work/store"
}

make_generations() {
  local tree="$work/store/images/.work/bench" file
  mkdir -p "$work/store/images/.generations" "$tree"/{usr,etc,boot,sbin,var/lib,root,proc,sys,dev,run,tmp}
  cp -a --one-file-system /usr/share /usr/bin /usr/sbin "$tree/usr/" 2>/dev/null || true
  head -c 2048 /dev/zero >"$tree/boot/vmlinuz-6.1.0-1-amd64"
  printf HdrS | dd of="$tree/boot/vmlinuz-6.1.0-1-amd64" bs=1 seek=514 conv=notrunc status=none
  echo initrd >"$tree/boot/initrd.img-6.1.0-1-amd64"
  printf '#!/bin/sh\n' >"$tree/sbin/init"
  printf 'LABEL=bench / ext4 defaults 0 1\n' >"$tree/etc/fstab"
  printf 'store = "%s/store"\n' "$work" >"$work/server.toml"
  publish
  gen1=$work/store/images/.generations/bench/1

  # Shared by hard link where nothing changed, as a capture does it.
  cp -al "$gen1" "$tree"
  changed=0
  while IFS= read -r -d '' file; do
    { head -c 100 "$file"; echo inserted; tail -c +101 "$file"; } >"$work/new"
    rm "$file"
    cat "$work/new" >"$file"
    changed=$((changed + 1))
  done < <(find "$tree/usr" -type f -size +0 -links 2 -print0 | LC_ALL=C sort -z | awk 'BEGIN { RS = ORS = "\0" } NR % 20 == 0')
  publish
  gen2=$work/store/images/.generations/bench/2
}

# Waits until the work tree is gone, too: it shares its files with the generation, and removing it would run beside the first rows.
publish() {
  "$binary" image publish bench -y --config "$work/server.toml" >/dev/null
  while compgen -G "$work/store/images/.work/.bench.spent.*" >/dev/null; do sleep 0.2; done
}

serve() {
  : >"$work/hosts"
  ln -sfn "$gen1" "$work/current"
  printf 'uid = root\ngid = root\nuse chroot = no\nread only = yes\nnumeric ids = yes\n[image-bench]\npath = %s\n[gen1]\npath = %s\n[gen2]\npath = %s\n[pc]\npath = %s\nfilter = + /hosts + /overlays/*** - *\n' \
    "$work/current/" "$gen1" "$gen2" "$work" >"$work/rsyncd.conf"
  printf '[server]\naddress = "127.0.0.1"\n[safety]\nallow-loop-devices = true\n[paths]\nstate = "%s/state"\nstamp = "%s/no-stamp"\nrun = "%s/run"\n' "$work" "$work" "$work" >"$work/allie.toml"
  rsync --daemon --no-detach --config="$work/rsyncd.conf" &
  truncate -s $((slot_mib * 2 + 8))M "$shm/blank"
  printf 'label: gpt\nsize=%sMiB, name=allie-a\nsize=%sMiB, name=allie-b\n' $slot_mib $slot_mib | sfdisk -q "$shm/blank"
}

current() { ln -sfn "$work/store/images/.generations/bench/$1" "$work/current"; }

# plain: an empty ext4 at $work/target, for what needs no slot
plain() {
  rm -f "$shm/plain"
  truncate -s ${slot_mib}M "$shm/plain"
  mkfs.ext4 -q "$shm/plain"
  mount -o loop "$shm/plain" "$work/target"
}

done_plain() { umount "$work/target"; rm -f "$shm/plain"; }

# disk FILE: a fresh copy of it is the disk of the PC, $loop; the one before is gone
disk() {
  exec 8>&- # the disk before goes with its last descriptor
  cp --sparse=always "$1" "$shm/disk.new"
  mv "$shm/disk.new" "$shm/disk"
  exec 9>/run/lock/allie-test-loop
  flock 9
  loop=$(losetup -P -f --show "$shm/disk")
  partx -a "$loop" 2>/dev/null || partx -u "$loop"
  exec 8<>"$loop" 9>&-
  losetup -d "$loop"
  export loop
}

# prep OPTION...: allie prep on a PC whose only disk is $loop
prep() {
  unshare -m --propagation private bash -euc '
    mount -t tmpfs -o mode=755 tmpfs /mnt
    for n in null zero full random urandom tty; do cp -a /dev/$n /mnt/; done
    cp -a "$loop" "$loop"p* /mnt/
    ln -s /proc/self/fd /mnt/fd
    mount --move /mnt /dev
    exec "$@"' pc "$binary" prep bench --no-boot-entry -y --config "$work/allie.toml" "$@"
}

partition_copy() { partclone.ext4 -q -c -s "${loop}p1" -o - 2>/dev/null | partclone.ext4 -q -r -s - -o "${loop}p2" 2>/dev/null; }

plain_delta() {
  mount "${loop}p1" "$work/target"
  rsync -aHAX --numeric-ids --delete --exclude=/lost+found rsync://127.0.0.1/gen2/ "$work/target/"
  sync -f "$work/target"
  umount "$work/target"
}

cp_then_rsync() {
  mount "${loop}p1" "$work/source"
  mkfs.ext4 -q -F "${loop}p2"
  mount "${loop}p2" "$work/target"
  cp -a "$work/source/." "$work/target/"
  rsync -aHAX --numeric-ids --delete --exclude=/lost+found rsync://127.0.0.1/gen2/ "$work/target/"
  sync -f "$work/target"
  umount "$work/target" "$work/source"
}

# wanted ROW: ALLIE_BENCH_ROWS names it, or nothing
wanted() { [[ -z "${ALLIE_BENCH_ROWS:-}" || " $ALLIE_BENCH_ROWS " == *" $1 "* ]]; }

# onto_empty round|wire ROW COMMAND...: with an empty ext4 at $work/target
onto_empty() {
  wanted "$2" || return 0
  plain
  "$@"
  done_plain
}

# on DISK round|wire ROW COMMAND...: with a fresh copy of that disk as the PC's
on() {
  wanted "$3" || return 0
  disk "$shm/$1"
  shift
  "$@"
}

# The disk that the next generation comes to: slot a holds the first.
old_disk() {
  wanted allie-prep-full || { disk "$shm/blank"; prep --slot a --strategy full >"$work/said" 2>&1; }
  cp --sparse=always "$shm/disk" "$shm/old"
}

# wire NAME COMMAND...: as round, and the bytes over the loopback of this bench's own network
wire() {
  local before after name=$1
  before=$(awk '/lo:/ { print $2 }' /proc/net/dev)
  round "$@"
  after=$(awk '/lo:/ { print $2 }' /proc/net/dev)
  echo $((after - before)) >>"$work/wire.$name"
}

# Our own process alone: the tables' peak is the largest of all, which is rsync.
own_peak() {
  local pid peak=0 now
  current 1
  plain
  "$binary" image fetch bench "$work/target" --config "$work/allie.toml" 2>/dev/null >&2 &
  pid=$!
  while now=$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do peak=$now; sleep 0.05; done
  wait "$pid"
  done_plain
  echo "peak memory of allie itself in a full fetch: $((peak / 1024)) MiB"
}
export -f prep partition_copy plain_delta cp_then_rsync
export work
