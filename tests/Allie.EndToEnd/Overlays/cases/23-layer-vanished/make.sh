# shellcheck shell=bash
mkdir -p server/overlays/{all,f18}/etc server/overlays/group/g/all/etc image/etc
echo own | tee image/etc/a > image/etc/f
echo all > server/overlays/all/etc/a
echo f18 > server/overlays/f18/etc/f
echo g > server/overlays/group/g/all/etc/g
echo 'pc1 groups=g' > server/hosts
