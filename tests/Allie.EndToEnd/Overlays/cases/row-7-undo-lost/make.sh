# shellcheck shell=bash
echo own > image/etc/x
mkdir layers/low/etc
echo ours > layers/low/etc/x
