# shellcheck shell=bash
mkdir -p image/etc/d/sub image/etc/e
chmod 0750 image/etc/d
chown 3:4 image/etc/d
echo own | tee image/etc/d/{a,b,sub/x} > image/etc/e/x
ln -s a image/etc/d/l
mkdir -p layers/{low,high,top}/etc/d
echo low | tee layers/low/etc/d/low > layers/low/etc/d/b
touch layers/high/etc/d/.wh..wh..opq
echo high > layers/high/etc/d/b
echo top > layers/top/etc/d/t
