# shellcheck shell=bash
mkdir -p image/etc/d/sub/empty layers/low/etc/d
echo own | tee image/etc/d/a > image/etc/d/sub/x
touch -d 2001-02-03 image/etc/d/sub/x
chmod 4711 image/etc/d/a
ln -s a image/etc/d/l
touch layers/low/etc/d/.wh..wh..opq
echo low > layers/low/etc/d/low
