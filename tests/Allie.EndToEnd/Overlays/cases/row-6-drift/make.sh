# shellcheck shell=bash
echo own > image/etc/x
mkdir layers/low/etc
echo ours | tee layers/low/etc/x > layers/low/etc/m
