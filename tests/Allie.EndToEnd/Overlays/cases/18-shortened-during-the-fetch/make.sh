# shellcheck shell=bash
mkdir -p server/overlays/all/etc
echo 1 > server/overlays/all/etc/x
seq 100000 > server/overlays/all/etc/y
echo 'pc1' > server/hosts
