# shellcheck shell=bash
mkdir -p server/images server/overlays/f18/lib64 server/images/.generations/f18/1/{usr/lib64,etc}
ln -s usr/lib64 server/images/.generations/f18/1/lib64
ln -s .generations/f18/1 server/images/f18
echo x > server/overlays/f18/lib64/x
: > server/hosts
