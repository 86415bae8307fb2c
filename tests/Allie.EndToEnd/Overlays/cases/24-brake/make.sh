# shellcheck shell=bash
mkdir layers/low/etc layers/high/etc
for i in $(seq 30); do echo "$i" > "layers/low/etc/f$i"; done
cp -a layers/low/etc/f1 layers/low/etc/f2 layers/high/etc/
cp -a layers/low layers/few
rm layers/few/etc/f1? layers/few/etc/f20
