# shellcheck shell=bash
mkdir image/home layers/low/etc
touch image/etc/bound layers/low/etc/bound other
echo mounted > other
echo x > layers/low/etc/x
echo new > layers/low/etc/bound
mount --bind other image/etc/bound
