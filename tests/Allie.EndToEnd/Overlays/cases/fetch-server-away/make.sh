# shellcheck shell=bash
mkdir -p server/overlays/all/etc
echo 1 > server/overlays/all/etc/x
echo 'pc1' > server/hosts
