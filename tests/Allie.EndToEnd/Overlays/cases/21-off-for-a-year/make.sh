# shellcheck shell=bash
mkdir -p layers/low/{etc/a,opt/d} image/etc/keep
echo own > image/etc/changed
echo own > image/etc/keep/x
echo 1 | tee layers/low/etc/{changed,dropped,a/file} > layers/low/opt/d/x
touch layers/low/etc/keep
rm layers/low/etc/keep
touch layers/low/etc/.wh.keep
cp -a image fresh
