# shellcheck shell=bash
chmod 0555 image
chown 3:4 image/etc
chmod 0711 image/etc
mkdir -m 0700 image/etc/ssh
mkdir -p layers/low/etc/ssh layers/low/etc/new/empty
chmod 0700 layers/low layers/low/etc layers/low/etc/new
chown 5:6 layers/low layers/low/etc layers/low/etc/new
setfattr -n user.mark -v 1 layers/low/etc/new
echo x | tee layers/low/etc/ssh/x > layers/low/etc/new/x
