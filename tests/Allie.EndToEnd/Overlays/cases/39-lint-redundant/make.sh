# shellcheck shell=bash
mkdir -p server/images server/overlays/f18/etc server/images/.generations/f18/1/etc
ln -s .generations/f18/1 server/images/f18
echo same > server/images/.generations/f18/1/etc/x
cp -p server/images/.generations/f18/1/etc/x server/overlays/f18/etc/x
: > server/hosts
