# shellcheck shell=bash
mkdir -p outside "image$CASE/outside" layers/low/opt/d image/opt/d
ln -s "$CASE/outside" image/opt/link
for i in $(seq 300); do echo x > "layers/low/opt/d/f$i"; done
