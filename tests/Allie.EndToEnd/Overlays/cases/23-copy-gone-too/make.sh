# shellcheck shell=bash
mkdir -p server/overlays/{all,f18,group/g/all}/etc
for file in a both; do echo own > "image/etc/$file"; done
for file in a gone both; do echo all > "server/overlays/all/etc/$file"; done
for file in f both new/f; do mkdir -p server/overlays/f18/etc/new; echo f18 > "server/overlays/f18/etc/$file"; done
echo g > server/overlays/group/g/all/etc/g
echo 'pc1 groups=g' > server/hosts
