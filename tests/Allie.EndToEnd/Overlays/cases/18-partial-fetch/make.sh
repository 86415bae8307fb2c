# shellcheck shell=bash
mkdir -p server/overlays/all/etc
chmod 755 server server/overlays
echo 1 > server/overlays/all/etc/x
echo 1 > server/overlays/all/etc/y
echo 'pc1' > server/hosts
