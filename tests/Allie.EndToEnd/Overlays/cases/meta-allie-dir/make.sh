# shellcheck shell=bash
mkdir -m 0700 image/etc/d
chown 7:8 image/etc/d
mkdir -p layers/low/etc/d
touch layers/low/etc/d/.allie-dir layers/low/.allie-dir
chmod 0751 layers/low/etc/d
chmod 0700 layers/low
