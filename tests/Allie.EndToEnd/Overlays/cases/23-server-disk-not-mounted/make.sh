# shellcheck shell=bash
mkdir -p server/overlays/all/etc
echo all > server/overlays/all/etc/a
echo 'pc1 groups=g' > server/hosts
