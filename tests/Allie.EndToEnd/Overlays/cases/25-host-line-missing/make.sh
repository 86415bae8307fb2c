# shellcheck shell=bash
mkdir -p server/overlays/{all,group/g/all}/etc
echo all > server/overlays/all/etc/a
echo g > server/overlays/group/g/all/etc/a
echo 'pc1 groups=g' > server/hosts
