# shellcheck shell=bash
echo file > image/etc/there
mkdir -p layers/low/etc/there
echo x > layers/low/etc/there/x
echo y > layers/low/etc/y
