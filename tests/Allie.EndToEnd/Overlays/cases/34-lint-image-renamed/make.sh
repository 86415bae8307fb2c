# shellcheck shell=bash
mkdir -p server/images/.generations server/overlays/{all,f17,group/gone/all,host/nobody/all}/etc
touch server/overlays/{all,f17,group/gone/all,host/nobody/all}/etc/x
echo 'pc1 groups=here images=f18' > server/hosts
