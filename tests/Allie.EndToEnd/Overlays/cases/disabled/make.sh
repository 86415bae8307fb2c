# shellcheck shell=bash
mkdir layers/low/etc
echo x > layers/low/etc/x
