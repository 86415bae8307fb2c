# shellcheck shell=bash
echo own > image/etc/x
mkdir layers/low/etc
echo 1 > layers/low/etc/x
