# shellcheck shell=bash
mkdir -p server/overlays/{all,f18,group/g/all}/etc
chmod 755 server server/overlays
for layer in all f18 group/g/all; do echo 1 > "server/overlays/$layer/etc/$(tr / - <<< "$layer")"; done
echo 'pc1 groups=g' > server/hosts
