# shellcheck shell=bash
mkdir -p server/overlays/{all,host/pc1/all}/etc
echo all > server/overlays/all/etc/a
echo secret > server/overlays/host/pc1/all/etc/key
chmod 600 server/overlays/host/pc1/all/etc/key
echo 'pc1 addr=127.0.0.1' > server/hosts
