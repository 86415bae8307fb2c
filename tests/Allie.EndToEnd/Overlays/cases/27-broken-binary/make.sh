# shellcheck shell=bash
mkdir -p image/root/util layers/{low,high}/root/util layers/{low,high}/etc
cp "$ALLIE_BINARY" image/root/util/allie
cp "$ALLIE_BINARY" layers/high/root/util/allie
printf x >> layers/high/root/util/allie
printf '#!/bin/sh\nexit 1\n' > layers/low/root/util/allie
chmod 755 layers/low/root/util/allie
echo x | tee layers/low/etc/x > layers/high/etc/x
cp image/root/util/allie good
