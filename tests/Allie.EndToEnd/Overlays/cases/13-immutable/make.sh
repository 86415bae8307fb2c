# shellcheck shell=bash
echo own > image/etc/fixed
chattr +i image/etc/fixed
mkdir layers/low/etc
echo new | tee layers/low/etc/fixed > layers/low/etc/x
