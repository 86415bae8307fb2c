# shellcheck shell=bash
mkdir layers/low/etc
echo own > image/etc/x
echo new > layers/low/etc/x
echo new > layers/low/etc/y
