# shellcheck shell=bash
mkdir layers/low/etc
echo new > layers/low/etc/x
