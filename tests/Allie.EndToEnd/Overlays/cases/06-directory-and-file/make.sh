# shellcheck shell=bash
echo file > image/etc/f
mkdir image/etc/d
echo inner > image/etc/d/inner
mkdir -p layers/low/etc/f
echo x > layers/low/etc/f/x
echo d > layers/low/etc/d
echo other > layers/low/etc/other
