# shellcheck shell=bash
mkdir -p layers/low/etc/deep/er
chmod 0750 layers/low/etc/deep
echo x > layers/low/etc/deep/er/x
