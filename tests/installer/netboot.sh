# The installer itself: Debian's package of its netboot images, of the same point release as the mirror's lists of what it loads later.
# shellcheck shell=bash disable=SC2154 # run.sh sets what is shared

# fetch_netboot SUITE NUMBER: leaves $images. A mirror may be between two point releases, or list a kernel's udebs and not have them: then the
# package before the newest is the right one.
fetch_netboot() {
  local suite=$1 number=$2 name=debian-installer-$2-netboot-amd64 file version kernel
  local pool=pool/main/d/debian-installer-netboot-images kernels disks
  get debian "dists/$suite/main/debian-installer/binary-amd64/Packages.xz" | xz -dc >"$work/udebs"
  kernels=$(sed -n 's/^Kernel-Version: //p' "$work/udebs" | sort -u)
  version=$(get debian "dists/$suite/main/binary-amd64/Packages.xz" | xz -dc | awk -v p="$name" '$1 == "Package:" { it = $2 == p } it && $1 == "Version:" { found = $2 } END { print found }')
  for update in $(seq "${version##*u}" -1 $((${version##*u} - 2))); do
    file=$pool/${name}_${version%u*}u${update}_all.deb
    get debian "$file" >"$work/netboot.deb" || continue
    rm -rf "$work/netboot" && dpkg -x "$work/netboot.deb" "$work/netboot"
    images=$work/netboot/usr/lib/debian-installer/images/$number/amd64/text/debian-installer/amd64
    kernel=$(file -b "$images/linux" | sed -n 's/.*version \([^ ]*\) .*/\1/p')
    disks=$(sed -n "s|^Filename: \(.*/ext4-modules-$kernel-di_.*\)|\1|p" "$work/udebs")
    [ -n "$disks" ] && get debian "$disks" >/dev/null && return
  done
  die "no netboot image of $suite fits the mirror's kernels ($(paste -sd' ' <<<"$kernels"))"
}

# get NAME PATH: from our mirror, on stdout
get() { python3 -c 'import shutil, sys, urllib.request; shutil.copyfileobj(urllib.request.urlopen(sys.argv[1]), sys.stdout.buffer)' "http://127.0.0.1:$mirror_port/$1/$2" 2>/dev/null; }
