# shellcheck shell=bash
mkdir layers/low/etc
head -c 40M /dev/urandom > layers/low/etc/huge
head -c 5000 /dev/zero > layers/low/etc/zeros
: > layers/low/etc/empty
echo own > image/etc/empty
