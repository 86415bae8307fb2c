# shellcheck shell=bash
mkdir -p layers/low/etc other/var/lib
head -c 60M /dev/urandom > layers/low/etc/big
echo x > layers/high/x
