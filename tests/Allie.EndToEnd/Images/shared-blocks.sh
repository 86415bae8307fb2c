#!/bin/bash
# shared-blocks.sh FILESYSTEM DIRECTORY: a store on a file system of its own, in a mount namespace of its own. Prints how many KB an edit's copy, a publish of it with
# other times and modes, and a publish of a whole new tree with other times (and 1 MB of 21 changed) took.
set -euo pipefail
fs=$1
cd "$2"
allie() { ALLIE_CONFIG=$PWD/server.toml "$ALLIE_BINARY" "$@" >log 2>&1 || { cat log >&2; exit 1; }; }
truncate -s 320M disk
"mkfs.$fs" -q disk >log 2>&1 || { cat log >&2; exit 1; }
mkdir mnt system
(
  flock 9
  mount -o loop disk mnt
) 9>/run/lock/allie-test-loop
trap 'umount mnt' EXIT
printf 'store = "%s/mnt/store"\n[rsyncd]\nconf = "%s/rsyncd.conf"\n' "$PWD" "$PWD" >server.toml
allie server init
mkdir -p system/{etc,usr/bin,proc}
: >system/etc/machine-id
cp /bin/busybox system/usr/bin/true
head -c 20M /dev/urandom >system/usr/big
for n in 1 2; do head -c 1M /dev/urandom >"system/usr/f$n"; done
touch -d 2020-01-01 system/usr/*
images=mnt/store/images
used() { sync -f mnt; df --output=used -k mnt | tail -n 1; }
publish() {
  allie image publish img -y
  for _ in {1..3000}; do [ -n "$(find $images/.work -name '.img.spent*')" ] || return 0; sleep 0.02; done # taken away in the background
}

allie image import img --from system
publish
at=$(used)
allie image edit img -- /usr/bin/true
echo "$(($(used) - at))"

touch "$images/.work/img/usr/big"
chmod 600 "$images/.work/img/usr/f1"
publish
echo "$(($(used) - at))"

# All come anew, with other times; one has changed, and of one the older generation has rotted.
at=$(used)
touch system/usr/*
printf changed | dd of=system/usr/f1 bs=1 seek=500000 conv=notrunc status=none
allie image import img --from system -y
printf rotten | dd of="$images/img/usr/f2" bs=1 seek=500000 conv=notrunc status=none
publish
echo "$(($(used) - at))"

# What shares blocks shares nothing that can be written through.
allie image edit img -- /usr/bin/true
for f in big f1 f2; do head -c 1M /dev/zero >"$images/.work/img/usr/$f"; done
for f in big f1 f2; do cmp "system/usr/$f" "$images/img/usr/$f"; done
allie image verify img
