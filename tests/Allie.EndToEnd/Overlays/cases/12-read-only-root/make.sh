# shellcheck shell=bash
echo own > image/etc/x
mkdir layers/low/etc
echo new > layers/low/etc/x
