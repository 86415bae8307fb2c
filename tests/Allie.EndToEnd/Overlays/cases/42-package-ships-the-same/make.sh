# shellcheck shell=bash
mkdir layers/low/etc
echo ours > layers/low/etc/x
