# shellcheck shell=bash

mkdir -p server/overlays/{all,f18.1}/etc elsewhere/etc
echo 1 > server/overlays/f18.1/etc/a
echo 2 > elsewhere/etc/a
ln -s f18.1 server/overlays/f18
echo 'pc1' > server/hosts
