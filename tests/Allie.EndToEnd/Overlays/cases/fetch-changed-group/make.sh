# shellcheck shell=bash

mkdir -p server/overlays/{all,group/{a,b}/all,host/pc1/all}/etc
echo a > server/overlays/group/a/all/etc/a
echo b > server/overlays/group/b/all/etc/b
echo own > server/overlays/host/pc1/all/etc/own
echo 'pc1 groups=a addr=127.0.0.1' > server/hosts
