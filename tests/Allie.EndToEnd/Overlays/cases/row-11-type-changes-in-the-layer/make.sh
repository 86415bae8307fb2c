# shellcheck shell=bash
echo own | tee image/etc/a image/etc/b > image/etc/c
mkdir layers/low/etc
echo f | tee layers/low/etc/{a,b,e} > layers/low/etc/d
ln -s x layers/low/etc/c
