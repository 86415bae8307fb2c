# shellcheck shell=bash disable=SC2154
# The server's side: publishing a generation, beside `cp -al` of the old one and rsync of the new tree into it.

# 100,000 files of 2 to 46 KB (24 KB on average, a real root has 35), 1 % of them changed.
bench_server() {
  local round images begun growth changed entries catalogue
  images="$work/store/images"
  printf 'store = "%s/store"\n[rsyncd]\nconf = "%s/rsyncd.conf"\n' "$work" "$work" >"$work/server.toml"
  export ALLIE_CONFIG=$work/server.toml
  "$binary" server init >/dev/null
  many_files "$images/.work/big"
  "$binary" image publish big -y >/dev/null
  changed_bytes() { find "$1" -newer "$work/clock" -type f -printf '%b\n' | awk '{ s += $1 } END { print s * 512 }'; }
  echo "server: publish of $(find "$images/big/" -type f | wc -l) files, $(du -sm "$images/big/" | cut -f1) MB, 1 % changed, 3 rounds"
  for round in 1 2 3; do
    "$binary" image edit big -- true >/dev/null 2>&1 || [ -d "$images/.work/big" ] # the copy counts, not whether the tree's true runs
    change_files "$images/.work/big" "$round"
    # The same tree for the other side: it has to end with the same generation, by the same files.
    changed=$(changed_bytes "$images/.work/big")
    sync -f "$work"
    round cp-al-rsync sh -c "cp -al '$images/big/.' '$work/other$round' && rsync -aHAX --numeric-ids --delete '$images/.work/big/' '$work/other$round/' && sync -f '$work'"
    mkdir "$work/spent$round"
    cp -a "$images/.work/big" "$work/spent$round/"
    sync -f "$work"
    round rm-work rm -rf "$work/spent$round" # we take the work tree away, the other does not: what that alone costs
    rm -rf "$work/other$round"
    sync -f "$work"
    growth=$(du -s --block-size=1 "$images/.generations/big" | cut -f1)
    begun=$(date +%s.%N)
    round allie-publish "$binary" image publish big -y
    awk -v a="$begun" -v b="$(stat -c %.9Y "$images/big")" 'BEGIN { printf "  current after %.2f s; the rest is taking the work tree away\n", b - a }'
    awk -v a="$begun" -v b="$(stat -c %.9Y "$images/big")" 'BEGIN { printf "%.2f 0 0 0\n", b - a }' >>"$work/times.allie-current"
    sed -n 's/^\([0-9]* of [0-9]* paths.*\)/  \1/p' "$work/said"
    growth=$(($(du -s --block-size=1 "$images/.generations/big" | cut -f1) - growth))
    entries=$(find "$images/big/" -type d -printf '%b\n' | awk '{ s += $1 } END { print s * 512 }')
    catalogue=$(stat -c '%b' "$images/.generations/big/$((round + 1)).catalogue")
    awk -v g="$growth" -v c="$changed" -v e="$entries" -v k="$((catalogue * 512))" 'BEGIN {
      printf "  disk: grew by %.1f MB: %.1f MB changed files, %.1f MB directories, %.1f MB catalogue; without directories %.2f x the changed bytes (1.10 wanted)\n", g/1e6, c/1e6, e/1e6, k/1e6, (g-e)/c }'
  done
  report cp-al-rsync cp-al-rsync allie-current rm-work allie-publish
}

# 100,000 files in 1,000 directories; sizes follow from the number, so that every run has the same. /bin/true stands in for a system.
many_files() {
  mkdir -p "$1/etc" "$1/usr/bin" "$1/usr/share"
  : >"$1/etc/machine-id"
  cp -L "$(command -v busybox || echo /bin/true)" "$1/usr/bin/true"
  python3 - "$1/usr/share" <<'PY'
import os, sys
block = os.urandom(1 << 16)
for d in range(1000):
    os.mkdir(f"{sys.argv[1]}/{d}")
    for n in range(100):
        number = d * 100 + n
        with open(f"{sys.argv[1]}/{d}/file{n}", "wb") as f:
            f.write(number.to_bytes(8, "little") + block[:2000 + (number * 7919) % 44000])
PY
}

change_files() {
  touch "$work/clock"
  python3 - "$1/usr/share" "$2" <<'PY'
import sys
for number in range(int(sys.argv[2]), 100000, 100):
    path = f"{sys.argv[1]}/{number // 100}/file{number % 100}"
    with open(path, "r+b") as f:
        f.seek(100)
        f.write(b"changed %s" % sys.argv[2].encode())
PY
}
