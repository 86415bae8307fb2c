# shellcheck shell=bash
mkdir layers/low/etc layers/high/etc
for i in $(seq 11); do echo "$i" > "layers/low/etc/f$i"; done
echo 1 > layers/high/etc/f1
