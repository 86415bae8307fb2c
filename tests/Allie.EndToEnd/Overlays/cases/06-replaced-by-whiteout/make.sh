# shellcheck shell=bash
echo file > image/etc/f
mkdir -m 0750 image/etc/d
echo inner > image/etc/d/inner
ln -s opt image/l
mkdir -p layers/low/etc/f layers/low/l
touch layers/low/etc/.wh.f layers/low/etc/.wh.d layers/low/.wh.l
echo x | tee layers/low/etc/f/x > layers/low/l/x
echo d > layers/low/etc/d
