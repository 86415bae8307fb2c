#!/bin/bash
# make.sh BINARY OUTDIR: the Debian and the RPM package `allie`: the static binary, its manual page, completions and the hourly timer.
# They start nothing and change no configuration: the server's part is `allie server init`, a PC's comes with the overlay.
set -euo pipefail
binary=$(realpath "$1") out=$(realpath "$2")
cd "$(dirname "$0")"
version=$("$binary" version | cut -d' ' -f2)
arch=$(dpkg --print-architecture)
root=$(mktemp -d)
chmod 755 "$root"
trap 'rm -rf --one-file-system "$root"' EXIT

install -D -m 755 "$binary" "$root/usr/bin/allie"
install -d "$root/usr/share/man/man8"
"$binary" man | gzip -9n >"$root/usr/share/man/man8/allie.8.gz"
install -D -m 644 completions/allie.bash "$root/usr/share/bash-completion/completions/allie"
install -D -m 644 systemd/allie-imageconf.service "$root/usr/lib/systemd/system/allie-imageconf.service"
install -D -m 644 systemd/allie-imageconf.timer "$root/usr/lib/systemd/system/allie-imageconf.timer"
install -D -m 644 ../LICENSE "$root/usr/share/doc/allie/copyright"
install -D -m 644 ../README.md "$root/usr/share/doc/allie/README.md"
install -D -m 644 -t "$root/usr/share/doc/allie/docs" ../docs/*.md
install -d "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<END
Package: allie
Version: $version
Architecture: $arch
Maintainer: The ALLiE project <allie@localhost>
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: rsync (>= 3.2.7)
Suggests: mmdebstrap, openssh-server
Section: admin
Priority: optional
Description: install, update and configure a cluster of Linux PCs
 Complete file-tree images and small overlays on one server, several images
 on each PC, put on a spare partition while people work on another, and kept
 maintained each hour. No daemon of its own: rsync carries the files.
END
dpkg-deb --build --root-owner-group "$root" "$out/allie_${version}_$arch.deb"

rm -rf "$root/DEBIAN"
rpmbuild -bb --quiet --target x86_64 --define "version $version" --define "tree $root" --define "_topdir $root/rpm" \
  --define "_rpmdir $out" --define '_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' allie.spec
ls "$out/allie_${version}_$arch.deb" "$out/allie-$version-1.x86_64.rpm"
