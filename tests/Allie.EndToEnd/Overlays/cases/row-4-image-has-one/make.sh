# shellcheck shell=bash
echo own > image/etc/x
chmod 4711 image/etc/x
chown 7:8 image/etc/x
chmod 4711 image/etc/x
setfattr -n user.mark -v 1 image/etc/x
setfacl -m u:9:r image/etc/x
setfattr -n security.capability -v 0x0100000200040000000000000000000000000000 image/etc/x
touch -d '2001-02-03 04:05:06.789' image/etc/x
mkdir layers/low/etc
echo ours > layers/low/etc/x
