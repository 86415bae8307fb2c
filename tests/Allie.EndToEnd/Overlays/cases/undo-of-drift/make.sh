# shellcheck shell=bash
echo own > image/etc/a
mkdir layers/low/etc
echo ours > layers/low/etc/a
