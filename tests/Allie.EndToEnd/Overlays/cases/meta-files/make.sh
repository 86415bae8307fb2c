# shellcheck shell=bash
mkdir layers/low/etc
cd layers/low/etc || exit
echo x > x
chown 4242:4343 x
chmod 6751 x
setfattr -n user.mark -v 1 x
setfattr -n trusted.mark -v 2 x
setfacl -m u:9:rw,g:10:r x
setfattr -n security.capability -v 0x0100000200040000000000000000000000000000 x
touch -d '2001-02-03 04:05:06.123456789' x
ln -s nowhere l
chown -h 5:6 l
touch -hd 2002-01-01 l
cd "$CASE" || exit
