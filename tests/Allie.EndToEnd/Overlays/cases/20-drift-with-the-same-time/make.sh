# shellcheck shell=bash
mkdir layers/low/etc
echo aaa > layers/low/etc/x
