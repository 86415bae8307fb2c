# shellcheck shell=bash
mkdir -p server/overlays/{all,f18}/etc
echo 1 > server/overlays/all/etc/x
echo 1 > server/overlays/f18/etc/moving
echo 'pc1' > server/hosts
