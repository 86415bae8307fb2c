# shellcheck shell=bash
mkdir layers/low/etc
echo aaa > layers/low/etc/x
echo old > layers/low/etc/old
echo future > layers/low/etc/future
touch -d 1970-01-02 layers/low/etc/old
touch -d 2200-01-01 layers/low/etc/future
