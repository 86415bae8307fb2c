# shellcheck shell=bash
mkdir -p server/overlays/all/etc server/overlays/f18/etc
echo 1 | tee server/overlays/all/etc/x > server/overlays/f18/etc/y
echo 'pc1' > server/hosts
