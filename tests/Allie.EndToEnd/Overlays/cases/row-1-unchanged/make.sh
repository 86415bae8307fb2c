# shellcheck shell=bash
mkdir layers/low/etc
echo x > layers/low/etc/x
ln -s x layers/low/etc/l
touch layers/low/etc/.wh.nothing
