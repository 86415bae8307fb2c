# shellcheck shell=bash

mkdir -p server/overlays/{all,f18,group/g/all,host/pc1/all}/etc
for layer in all f18 group/g/all host/pc1/all; do echo x > "server/overlays/$layer/etc/$(tr / - <<< "$layer")"; done
echo 'pc1 groups=g addr=127.0.0.1' > server/hosts
