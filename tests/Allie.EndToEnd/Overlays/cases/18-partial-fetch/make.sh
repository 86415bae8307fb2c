# shellcheck shell=bash
mkdir -p server/overlays/{all,f18}/etc/d
chmod 755 server server/overlays
for file in x y d/in; do echo 1 > "server/overlays/f18/etc/$file"; done
echo low | tee server/overlays/all/etc/y > server/overlays/all/etc/new
echo 'pc1' > server/hosts
