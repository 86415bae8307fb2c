# shellcheck shell=bash
echo same > image/etc/x
touch -d 2010-01-01 image/etc/x
mkdir layers/low/etc
echo same > layers/low/etc/x
