# shellcheck shell=bash
echo own > image/etc/one
ln image/etc/one image/etc/two
mkdir layers/low/etc
echo ours > layers/low/etc/one
