# shellcheck shell=bash
mkdir -p server/images server/overlays/f18/etc server/images/.generations/f18/1/etc
echo 'root:x:0:0:root:/root:/bin/sh' > server/images/.generations/f18/1/etc/passwd
echo own > server/images/.generations/f18/1/etc/shadow-like
chmod 600 server/images/.generations/f18/1/etc/shadow-like
ln -s .generations/f18/1 server/images/f18
echo x | tee server/overlays/f18/etc/strange > server/overlays/f18/etc/shadow-like
chown 4242 server/overlays/f18/etc/strange
chmod 644 server/overlays/f18/etc/shadow-like
: > server/hosts
